package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"hoso/domain"
	"hoso/projections/access"
)

// userCommand administers accounts: those of a data directory, by whoever holds it, or those of a running server, with the
// token of an administrator.
type userCommand struct {
	Add      userAddCommand      `cmd:"" help:"Mở tài khoản; in mật khẩu dùng một lần."`
	Grant    userGrantCommand    `cmd:"" help:"Cấp quyền: một vai trò ở một đơn vị và các đơn vị trực thuộc."`
	Revoke   userRevokeCommand   `cmd:"" help:"Thu hồi một quyền; có hiệu lực ngay."`
	List     userListCommand     `cmd:"" help:"Các tài khoản và quyền, nay hoặc vào ngày khác."`
	Who      userWhoCommand      `cmd:"" help:"Ai làm được việc gì, nay hoặc vào ngày khác."`
	Token    userTokenCommand    `cmd:"" help:"Cấp hoặc thu hồi mã truy cập cho chương trình khác."`
	Password userPasswordCommand `cmd:"" help:"Đặt lại mật khẩu; in mật khẩu dùng một lần."`
	Close    userCloseCommand    `cmd:"" help:"Khóa tài khoản; mọi phiên và mã truy cập hết hiệu lực ngay."`
	Reopen   userReopenCommand   `cmd:"" help:"Mở lại tài khoản đã khóa."`
	Link     userLinkCommand     `cmd:"" help:"Cho đăng nhập bằng một danh tính ở máy chủ của cơ quan."`
}

// userFlags say whose accounts.
type userFlags struct {
	storeFlags
	signInFlags
	Server string `help:"Máy chủ đang chạy (http://máy:8080); mã truy cập của quản trị viên ở biến HOSO_TOKEN. Không nêu là thư mục dữ liệu." env:"HOSO_SERVER" placeholder:"URL"`
}

// userAnswer is what may come back.
type userAnswer struct {
	Login    string         `json:"login"`
	ID       string         `json:"id"`
	Password string         `json:"password"`
	Token    string         `json:"token"`
	Until    string         `json:"until"`
	Accounts []userListed   `json:"accounts"`
	Holders  []userListed   `json:"holders"`
	On       string         `json:"on"`
	Position domain.Ordinal `json:"as_of"`

	Status int    `json:"status"` // of a problem
	Detail string `json:"detail"`
	Code   string `json:"code"`
	Field  string `json:"field"`
}

// ask sends an order and reads the answer. Both ways are one: what a server does with it, the data directory does.
func (f userFlags) ask(ctx context.Context, e *env, method, path string, body any) (out userAnswer, raw []byte, err error) {
	content, err := json.Marshal(body)
	if err != nil {
		return out, nil, err
	}
	if body == nil {
		content = nil
	}
	status, raw, err := f.send(ctx, e, method, "/api/v1/accounts"+path, content)
	if err != nil {
		return out, nil, err
	}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &out); err != nil {
			return out, raw, &domain.Error{Kind: domain.Unavailable, Code: "user.not_hoso", Msg: "máy chủ ở địa chỉ đó không phải hoso"}
		}
	}
	if status >= http.StatusBadRequest {
		return out, raw, &domain.Error{Kind: kindOf(status), Code: out.Code, Field: out.Field, Msg: out.Detail}
	}
	return out, raw, nil
}

func kindOf(status int) domain.Kind {
	switch {
	case status == http.StatusNotFound:
		return domain.NotFound
	case status >= http.StatusInternalServerError:
		return domain.Unavailable
	}
	return domain.Rejected
}

func (f userFlags) send(ctx context.Context, e *env, method, path string, content []byte) (int, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(f.Server, "/")+path, bytes.NewReader(content))
	if err != nil {
		return 0, nil, wrongFlag("server", "không phải địa chỉ")
	}
	if content != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if f.Server != "" {
		return sendTo(r)
	}
	a, err := e.openNew(ctx, f.storeFlags)
	if err != nil {
		return 0, nil, err
	}
	defer a.close()
	if method == http.MethodGet {
		if err := a.catchUp(ctx, e); err != nil {
			return 0, nil, err
		}
	}
	s, err := a.openSignIn(ctx, e, listenFlags{signInFlags: f.signInFlags})
	if err != nil {
		return 0, nil, err
	}
	w := &keptAnswer{header: http.Header{}, status: http.StatusOK}
	s.Administration().ServeHTTP(w, r.WithContext(access.Console(ctx)))
	return w.status, w.body.Bytes(), nil
}

// keptAnswer keeps what a handler answers.
type keptAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (k *keptAnswer) Header() http.Header { return k.header }

// WriteHeader implements http.ResponseWriter.
func (k *keptAnswer) WriteHeader(status int) { k.status = status }

// Write implements http.ResponseWriter.
func (k *keptAnswer) Write(b []byte) (int, error) { return k.body.Write(b) }

// patience is how long a server may take.
const patience = 30 * time.Second

func sendTo(r *http.Request) (int, []byte, error) {
	r.Header.Set("Authorization", "Bearer "+os.Getenv("HOSO_TOKEN"))
	client := &http.Client{Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	a, err := client.Do(r)
	if err != nil {
		return 0, nil, &domain.Error{Kind: domain.Unavailable, Code: "user.no_answer", Msg: "máy chủ không trả lời", Err: err}
	}
	defer a.Body.Close()
	b, err := io.ReadAll(io.LimitReader(a.Body, 64<<20))
	return a.StatusCode, b, err
}

// of is the address of an account.
func of(login string, more ...string) string {
	path := "/" + url.PathEscape(login)
	for _, m := range more {
		path += "/" + url.PathEscape(m)
	}
	return path
}

// asked is the address of a question.
func asked(path string, values map[string]string) string {
	q := url.Values{}
	for k, v := range values {
		if v != "" {
			q.Set(k, v)
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

type userAddCommand struct {
	userFlags
	Login string `arg:"" help:"Tên đăng nhập."`
	Name  string `required:"" help:"Họ và tên." placeholder:"NAME"`
}

// Run opens an account.
func (c userAddCommand) Run(ctx context.Context, e *env) error {
	out, _, err := c.ask(ctx, e, http.MethodPost, "", map[string]string{"login": c.Login, "name": c.Name})
	if err == nil {
		fmt.Fprintf(e.out, "Đã mở tài khoản %s; mật khẩu dùng một lần: %s\n", out.Login, out.Password)
	}
	return err
}

type userPasswordCommand struct {
	userFlags
	Login string `arg:"" help:"Tên đăng nhập."`
}

// Run sets a password that has to be changed.
func (c userPasswordCommand) Run(ctx context.Context, e *env) error {
	out, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, "password"), nil)
	if err == nil {
		fmt.Fprintf(e.out, "Mật khẩu dùng một lần của %s: %s\n", out.Login, out.Password)
	}
	return err
}

type userCloseCommand struct {
	userFlags
	Login string `arg:"" help:"Tên đăng nhập."`
}

// Run closes an account.
func (c userCloseCommand) Run(ctx context.Context, e *env) error {
	_, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, "close"), nil)
	if err == nil {
		fmt.Fprintf(e.out, "Đã khóa tài khoản %s.\n", c.Login)
	}
	return err
}

type userReopenCommand struct {
	userFlags
	Login string `arg:"" help:"Tên đăng nhập."`
}

// Run opens an account again.
func (c userReopenCommand) Run(ctx context.Context, e *env) error {
	_, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, "reopen"), nil)
	if err == nil {
		fmt.Fprintf(e.out, "Đã mở lại tài khoản %s.\n", c.Login)
	}
	return err
}

type userLinkCommand struct {
	userFlags
	Login   string `arg:"" help:"Tên đăng nhập."`
	Subject string `required:"" help:"Tên của người đó ở máy chủ đăng nhập (sub)." placeholder:"SUB"`
	Remove  bool   `help:"Gỡ ra."`
}

// Run links an outside identity, or unlinks it.
func (c userLinkCommand) Run(ctx context.Context, e *env) error {
	verb, done := "link", "Đã gắn"
	if c.Remove {
		verb, done = "unlink", "Đã gỡ"
	}
	_, _, err := c.ask(ctx, e, http.MethodPost, of(c.Login, verb), map[string]string{"subject": c.Subject})
	if err == nil {
		fmt.Fprintf(e.out, "%s danh tính của tài khoản %s.\n", done, c.Login)
	}
	return err
}
