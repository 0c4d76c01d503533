package main

import (
	"context"
	"fmt"
	"path/filepath"

	"hoso/adapters/natskeys"
	"hoso/projections/report"
)

type keysCommand struct {
	Rotate rotateCommand `cmd:"" help:"Đổi khóa mã hóa (keys/kek): mọi khóa dữ liệu cá nhân được niêm lại bằng khóa mới; chạy lại thì làm tiếp."`
}

type rotateCommand struct {
	storeFlags
	OldKey        string `help:"Giữ khóa cũ ở tệp này (ngoài thư mục dữ liệu): các bản sao lưu cũ cần nó." type:"path" placeholder:"FILE" xor:"old" required:""`
	DestroyOldKey bool   `help:"Không giữ khóa cũ ở đâu: không ai đọc được dữ liệu cá nhân trong các bản sao lưu cũ nữa." xor:"old" required:""`
	Format        string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// keysRotated is what a rotation has come to, for programs.
type keysRotated struct {
	Keys   int `json:"keys"`   // sealed keys: of persons who were not erased, and of the office
	Sealed int `json:"sealed"` // of these, sealed anew this time
}

// Run replaces the key-encryption key. Neither the log nor the views are opened.
func (c rotateCommand) Run(ctx context.Context, e *env) error {
	a, err := e.openKeysAlone(ctx, c.storeFlags)
	if err != nil {
		return err
	}
	defer a.close()
	var bar *progress
	sum, err := natskeys.Rotate(ctx, a.nats, natskeys.RotateOptions{Dir: filepath.Join(a.dir, "keys"), Old: c.OldKey, Progress: func(done, of int) {
		if bar == nil {
			bar = e.progress("Niêm lại khóa", int64(of))
		}
		bar.set(e, int64(done))
	}})
	if bar != nil {
		bar.done()
	}
	if err != nil {
		return a.why(ctx, err)
	}
	if c.Format == "json" {
		return writeJSON(e.out, keysRotated(sum))
	}
	old := "Khóa cũ không còn ở đâu: không ai đọc được dữ liệu cá nhân trong các bản sao lưu làm trước lúc này."
	if c.OldKey != "" {
		old = "Khóa cũ ở " + c.OldKey + ": cất cùng chỗ với các bản khóa đã sao lưu, hủy nó khi hủy các bản sao lưu cũ."
	}
	_, err = fmt.Fprintf(e.out, "Đã đổi khóa mã hóa; %s khóa nay niêm bằng khóa mới.\nHãy sao lưu ngay tệp %s (ở nơi khác với dữ liệu) và chạy hoso backup; nếu có nhiều máy, chép tệp này sang các máy kia.\n%s\n",
		report.Number(int64(sum.Keys)), filepath.Join(a.dir, "keys", "kek"), old)
	return err
}

// openKeysAlone opens where the sealed keys are, and the data directory with the file that opens them.
func (e *env) openKeysAlone(ctx context.Context, s storeFlags) (*app, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	if err := refuseRestoring(s.Data); err != nil {
		return nil, err
	}
	return e.openData(s.Data, true, func(a *app) error {
		if s.embedded() {
			return a.embed(ctx, true)
		}
		a.fault = func() error { return nil }
		return a.connectToRead(ctx, s)
	})
}
