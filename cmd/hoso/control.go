package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"hoso/adapters/filelog"
	"hoso/domain"
)

// controlName is the socket in the data directory through which other commands reach the process that holds it. Who may
// enter the directory may use it: he could read all of it anyway.
const controlName = "control.sock"

// maxSocket is the longest path of a socket that every system takes.
const maxSocket = 100

var errNoControl = errors.New("nobody answers in the data directory")

// socket returns the path of a directory's socket, and what it needs to stay valid. Where the path is too long the directory
// is reached as an open file.
func socket(dir string) (path string, hold io.Closer, err error) {
	path = filepath.Join(dir, controlName)
	if len(path) <= maxSocket || runtime.GOOS != "linux" {
		return path, io.NopCloser(nil), nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), controlName), d, nil
}

// control answers other commands of the same directory until the context ends. Without it nothing is missing but they.
func (a *app) control(ctx context.Context, e *env) {
	if err := a.serveControl(ctx); err != nil && ctx.Err() == nil {
		e.warn("không sao lưu được khi đang chạy: " + err.Error() + " [control.failed]")
	}
}

func (a *app) serveControl(ctx context.Context) error {
	path, hold, err := socket(a.dir)
	if err != nil {
		return err
	}
	defer hold.Close()
	_ = os.Remove(path) // of a process that was killed; this one holds the directory
	listener, err := new(net.ListenConfig).Listen(ctx, "unix", path)
	if err != nil {
		return err
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return errors.Join(err, listener.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /backup", a.sendBackup)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// sendBackup answers with a backup. What goes wrong on the way cuts the answer off, and the other side sees no trailer.
func (a *app) sendBackup(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/octet-stream")
	if _, err := a.backup(r.Context(), a.clock(), w, r.URL.Query().Get("key") == "yes", nil); err != nil {
		a.warn(fmt.Sprintf("sao lưu khi đang chạy: %v [%s]", err, domain.CodeOf(err)))
		panic(http.ErrAbortHandler)
	}
}

// receive has the process that holds the directory make the backup.
func (c backupCommand) receive(ctx context.Context, e *env, to io.Writer) (filelog.Trailer, error) {
	path, hold, err := socket(c.Data)
	if err != nil {
		return filelog.Trailer{}, errNoControl
	}
	defer hold.Close()
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}}}
	defer client.CloseIdleConnections()
	url := "http://hoso/backup"
	if c.WithKey {
		url += "?key=yes"
	}
	ask, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return filelog.Trailer{}, err
	}
	answer, err := client.Do(ask)
	var refused *net.OpError
	if errors.As(err, &refused) && refused.Op == "dial" {
		return filelog.Trailer{}, errNoControl
	}
	if err != nil {
		return filelog.Trailer{}, cutOff(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return filelog.Trailer{}, cutOff(errors.New(answer.Status))
	}
	t, err := filelog.Check(ctx, io.TeeReader(answer.Body, to), e.countEvents("Sao lưu"))
	if err != nil {
		return t, cutOff(err)
	}
	return t, nil
}

func cutOff(err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "backup.cut_off", Msg: "tiến trình đang giữ thư mục dữ liệu không gửi hết bản sao lưu; xem thông báo của nó rồi chạy lại", Err: err}
}
