// Package httpclient is the typed client of the API under /api/v1, for the command line's --server and for other programs.
//
//	c, err := httpclient.New("https://hoso.example.vn", httpclient.Options{Token: token})
//	r, err := c.Do(ctx, httpclient.Command{Type: "unemployment", Case: "HS-0041", Name: "collect", On: "2024-04-23", Data: struct{}{}})
//	sheet, err := c.Figures(ctx, httpclient.Question{Month: "2024-04", WaitFor: r.Position})
//
// Guarantees:
//
//   - A command has an id of its own from the first try on, so that Do may send it again after a broken connection or a
//     503: it has the effect and the answer of once.
//   - What the server refuses is a *domain.Error with the kind and the code that it has on the server.
//   - The token goes to this server only, also where the server redirects.
//
// All methods may be called at once from many goroutines.
package httpclient

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"hoso/domain"
)

// prefix is where the API is on a server.
const prefix = "/api/v1"

// Options say how a server is reached.
type Options struct {
	Token    string         // of an account; empty: nobody
	CA       *x509.CertPool // nil: those of the machine
	Language string         // of the errors: vi or en; empty: vi
	// AllowPlain lets the token travel over http to another machine, for a server behind a tunnel.
	AllowPlain bool
}

// Client speaks to one server.
type Client struct {
	base     *url.URL
	token    string
	language string
	http     *http.Client
}

// New returns a client of the server at an address: https://hoso.example.vn. Nothing is sent yet.
func New(address string, o Options) (*Client, error) {
	u, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, &domain.Error{Kind: domain.Usage, Code: "server.wrong_address", Msg: "địa chỉ máy chủ cần dạng https://máy[:cổng]", En: "the server's address has the form https://host[:port]"}
	}
	if o.Token != "" && u.Scheme == "http" && !o.AllowPlain && !loopback(u.Hostname()) {
		return nil, &domain.Error{Kind: domain.Usage, Code: "server.plain", Msg: "không gửi mã truy cập qua http đến máy khác; hãy dùng https",
			En: "a token is not sent over http to another machine; use https"}
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{RootCAs: o.CA, MinVersion: tls.VersionTLS12}
	t.ForceAttemptHTTP2, t.MaxIdleConnsPerHost, t.ResponseHeaderTimeout = true, 64, time.Minute
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Client{u, o.Token, o.Language, &http.Client{Transport: t, CheckRedirect: stay}}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// request makes a request; path segments are escaped.
func (c *Client) request(ctx context.Context, method string, path []string, query url.Values, body io.Reader) (*http.Request, error) {
	u := *c.base
	u.Path += prefix
	raw := u.EscapedPath()
	for _, p := range path {
		u.Path, raw = u.Path+"/"+p, raw+"/"+url.PathEscape(p)
	}
	u.RawPath, u.RawQuery = raw, query.Encode()
	r, err := http.NewRequestWithContext(ctx, method, u.String(), body)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.language != "" {
		r.Header.Set("Accept-Language", c.language)
	}
	return r, nil
}

// send returns the answer to a request that went well; the caller closes it.
func (c *Client) send(r *http.Request) (*http.Response, error) {
	a, err := c.http.Do(r)
	if err != nil {
		return nil, c.away(r.Context(), err)
	}
	if a.StatusCode/100 == 2 {
		return a, nil
	}
	defer a.Body.Close()
	return nil, refusal(a)
}

// away says that the server cannot be reached. The address is not quoted: it may hold a reference.
func (c *Client) away(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var e *url.Error
	if errors.As(err, &e) {
		err = e.Err
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "server.away", Msg: "không nối được với máy chủ " + c.base.Host,
		En: "the server " + c.base.Host + " cannot be reached", Err: err}
}

// problem is an error as the server tells it (RFC 9457).
type problem struct {
	Status   int    `json:"status"`
	Detail   string `json:"detail"`
	Code     string `json:"code"`
	Field    string `json:"field"`
	Law      string `json:"law"`
	Instance string `json:"instance"`
}

func (p problem) err() error {
	msg := p.Detail
	if p.Instance != "" {
		msg += " (" + p.Instance + ")"
	}
	return &domain.Error{Kind: kindOf(p.Status), Code: p.Code, Field: p.Field, Msg: msg, Law: p.Law}
}

// maxProblem is how much of an answer that refuses is read.
const maxProblem = 64 << 10

func refusal(a *http.Response) error {
	var p problem
	err := json.NewDecoder(io.LimitReader(a.Body, maxProblem)).Decode(&p)
	if err != nil || p.Code == "" || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/problem+json") {
		return &domain.Error{Kind: kindOf(a.StatusCode), Code: "server.strange", Msg: fmt.Sprintf("máy chủ trả lời %d, không phải như hoso; hãy xem lại địa chỉ", a.StatusCode),
			En: fmt.Sprintf("the server answered %d, not as hoso does; look at the address", a.StatusCode)}
	}
	p.Status = a.StatusCode
	return p.err()
}

// kindOf is the other way of domain.Kind.Status.
func kindOf(status int) domain.Kind {
	for _, k := range []domain.Kind{domain.Invalid, domain.Forbidden, domain.NotFound, domain.Conflict, domain.Rejected, domain.Unavailable, domain.Stale,
		domain.Unauthenticated, domain.Busy} {
		if k.Status() == status {
			return k
		}
	}
	if status/100 == 4 {
		return domain.Invalid
	}
	return domain.Internal
}

// read sends a request for a JSON value and reads it.
func read[T any](ctx context.Context, c *Client, path []string, query url.Values) (v T, err error) {
	r, err := c.request(ctx, http.MethodGet, path, query, http.NoBody)
	if err != nil {
		return v, err
	}
	a, err := c.send(r)
	if err != nil {
		return v, err
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(&v); err != nil {
		return v, c.broken(ctx, err)
	}
	return v, nil
}

// broken says that an answer ended too early, or is none.
func (c *Client) broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "server.broken", Msg: "câu trả lời của máy chủ bị đứt hoặc không đọc được", En: "the server's answer broke off or cannot be read", Err: err}
}
