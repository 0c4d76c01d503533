package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"hoso/adapters/natsfeed"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/figures"
)

// feedFlags say whether other programs are told on NATS what happens.
type feedFlags struct {
	NATSListen string `name:"nats-listen" help:"Mở máy chủ NATS cho chương trình khác đọc sự kiện và số liệu." placeholder:"ADDR"`
	FeedSince  string `name:"feed-since" help:"Số liệu trên NATS từ tháng này; không nêu là từ một năm trước." placeholder:"YYYY-MM"`
}

// fed is what feeds other programs, and where they connect.
type fed struct {
	*natsfeed.Feeder
	address string
}

// keepFed tells other programs on NATS what happens, until the context ends. The directory feed/ holds the server's copy, which
// can be deleted, and the password of those who read it, where the environment names none.
func (a *app) keepFed(ctx context.Context, e *env, at listenFlags, running *sync.WaitGroup) error {
	if at.NATSListen == "" {
		return nil
	}
	keep := natsfeed.Kept{Today: a.clock, Log: a.tie.Name}
	if at.FeedSince != "" {
		var err error
		if keep.Since, err = calendar.ParseMonth(at.FeedSince); err != nil {
			return wrongFlag("feed-since", err.Error())
		}
	}
	password, said, err := a.feedPassword()
	if err != nil {
		return err
	}
	o := natsfeed.ListenOptions{Dir: filepath.Join(a.dir, "feed", "nats"), Address: at.NATSListen, Password: password}
	if o.TLS, err = at.secure(); err != nil {
		return err
	}
	server, err := natsfeed.Listen(ctx, o)
	if err != nil {
		return err
	}
	feeder, done, err := server.Feeder()
	if err != nil {
		server.Close()
		return err
	}
	a.fed.Store(&fed{feeder, server.Address().String()})
	var rare sync.Mutex
	last := ""
	feeder.Failed = func(err error) { // once, not every second
		rare.Lock()
		defer rare.Unlock()
		if err.Error() != last {
			last = err.Error()
			a.warn("NATS: " + last)
		}
	}
	var feeding sync.WaitGroup
	feeding.Go(func() {
		if err := feeder.Events(ctx, a.log); err != nil {
			e.complain(err)
		}
	})
	feeding.Go(func() {
		var file *sql.DB
		var own *figures.Reader // apart from the pages', out of whose memory so many cells would push all else
		_ = feeder.Fill(ctx, func() (natsfeed.Figures, domain.Ordinal, error) {
			r, err := a.reading()
			if err != nil {
				return nil, 0, err
			}
			if file != r.views {
				file, own = r.views, figures.NewReader(a.catalog, r.views)
			}
			return own, r.at(), nil
		}, func() <-chan struct{} { _, more := a.runner.Changed(); return more }, keep)
	})
	running.Go(func() {
		feeding.Wait()
		done()
		server.Close()
	})
	fmt.Fprintf(e.out, "NATS tại %s: tài khoản %s và %s, %s\n", reachable(server.Address()), natsfeed.EventsReader, natsfeed.FiguresReader, said)
	return nil
}

// feedPassword returns the readers' password, and says where it is from.
func (a *app) feedPassword() (password, said string, err error) {
	if p := os.Getenv("HOSO_NATS_PASSWORD"); p != "" {
		return p, "mật khẩu của HOSO_NATS_PASSWORD", nil
	}
	path := filepath.Join(a.dir, "feed", "password")
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		data = []byte(rand.Text() + "\n")
		if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
			err = os.WriteFile(path, data, 0o600)
		}
	}
	if err != nil {
		return "", "", &domain.Error{Kind: domain.Unavailable, Code: "feed.no_password", Msg: "không đọc hoặc ghi được mật khẩu của NATS ở " + path, Err: err}
	}
	return strings.TrimSpace(string(data)), "mật khẩu ở " + path, nil
}
