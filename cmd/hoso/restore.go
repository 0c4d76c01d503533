package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"hoso/adapters/filelog"
	"hoso/adapters/natskeys"
	"hoso/domain"
	dseal "hoso/domain/seal"
	"hoso/domain/transfer"
	"hoso/projections/report"
)

type restoreCommand struct {
	File    string `arg:"" name:"FILE" help:"Tệp của hoso backup." type:"path"`
	Data    string `help:"Thư mục dữ liệu để khôi phục vào: chưa có, hoặc trống." env:"HOSO_DATA" default:"${data}" type:"path" placeholder:"DIR"`
	KeyFile string `help:"Tệp khóa keys/kek của lúc làm bản sao lưu; không nêu thì đặt vào sau." type:"path" placeholder:"FILE"`
	Format  string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// restored is what a restoring has come to, for programs.
type restored struct {
	Events    uint64 `json:"events"`
	Cases     uint64 `json:"cases"`
	Digest    string `json:"digest"` // of the log, as hoso copy prints it
	Keys      int    `json:"keys"`
	KEK       bool   `json:"key_file"` // it is in its place
	Documents int    `json:"documents"`
}

// restoringName is the file that says that a directory is a part of a backup: its digest.
const restoringName = "restoring"

// Run reads the whole backup before anything is written. Then come the keys, the events, which are read back and compared,
// and the key file last of all that makes the directory usable.
func (c restoreCommand) Run(ctx context.Context, e *env) error {
	f, err := filelog.Open(ctx, c.File, e.countEvents("Đọc bản sao lưu"))
	if errors.Is(err, fs.ErrNotExist) {
		return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "không có tệp " + c.File}
	}
	if err != nil {
		return err
	}
	kek, err := c.kek(f)
	if err != nil {
		return err
	}
	if err := c.begin(f.Digest); err != nil {
		return err
	}
	a, err := e.openData(c.Data, false, func(a *app) error {
		if err := a.embed(ctx, false); err != nil {
			return err
		}
		_, err := a.wireLog(ctx, alone(c.Data), false)
		return err
	})
	if err != nil {
		return err
	}
	defer a.close()
	done := restored{KEK: kek != nil}
	if done.Keys, err = natskeys.Import(ctx, a.nats, natskeys.Options{}, imported(f.Keys())); err != nil {
		return a.why(ctx, err)
	}
	if done.Documents, err = a.restoreDocuments(ctx, f); err != nil {
		return a.why(ctx, err)
	}
	bars := copyBars{e: e}
	sum, err := transfer.Copy(ctx, f, a.log, transfer.Options{Progress: bars.show})
	bars.done()
	if err != nil {
		return a.why(ctx, err)
	}
	done.Events, done.Cases, done.Digest = sum.Events, sum.Cases, sum.Digest
	if err := c.end(a, f, kek); err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, done)
	}
	return done.write(e, c.Data)
}

// kek returns the key-encryption key, nil where nobody gave it. One that opens nothing is refused before anything is made.
func (c restoreCommand) kek(f *filelog.File) (kek []byte, err error) {
	if kek = f.KEK; c.KeyFile != "" {
		if kek, err = os.ReadFile(c.KeyFile); err != nil {
			return nil, wrongFlag("key-file", "không đọc được tệp "+c.KeyFile)
		}
	}
	if kek == nil {
		return nil, nil
	}
	for k, err := range f.Keys() {
		if err != nil {
			return nil, err
		}
		if k.Name == natskeys.CheckName {
			return kek, natskeys.CheckSealed(kek, k.Value)
		}
	}
	return kek, nil
}

// begin notes what is being restored in a directory that is empty, or was begun with the same backup.
func (c restoreCommand) begin(digest string) error {
	there, err := os.ReadDir(c.Data)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unusable(err)
	}
	begun, err := os.ReadFile(filepath.Join(c.Data, restoringName))
	switch {
	case err == nil && string(begun) == digest:
		return nil
	case len(there) > 0:
		return &domain.Error{Kind: domain.Usage, Code: "restore.not_empty",
			Msg: "thư mục " + c.Data + " không trống; hãy nêu một thư mục mới, hoặc tự dời dữ liệu cũ đi trước"}
	}
	if err := makeDir(c.Data); err != nil {
		return err
	}
	if err := replace(c.Data, restoringName, []byte(digest)); err != nil {
		return err
	}
	if err := syncDir(c.Data); err != nil {
		return unusable(err)
	}
	return nil
}

// end puts down the rest and takes the note away: from then on the directory can be used.
func (c restoreCommand) end(a *app, f *filelog.File, kek []byte) error {
	if f.Checkpoint != nil {
		if err := writeCheckpoint(a.dir, dseal.Note(f.Checkpoint)); err != nil {
			return err
		}
	}
	if err := restoreFiles(a.dir, f); err != nil {
		return err
	}
	if kek != nil {
		if err := natskeys.PlaceKEK(filepath.Join(a.dir, "keys"), kek); err != nil {
			return err
		}
	}
	if err := os.Remove(filepath.Join(a.dir, restoringName)); err != nil {
		return unusable(err)
	}
	if err := syncDir(a.dir); err != nil {
		return unusable(err)
	}
	return nil
}

func imported(keys iter.Seq2[filelog.Key, error]) iter.Seq2[natskeys.Sealed, error] {
	return func(yield func(natskeys.Sealed, error) bool) {
		for k, err := range keys {
			if !yield(natskeys.Sealed{Name: k.Name, Value: k.Value}, err) {
				return
			}
		}
	}
}

func (d restored) write(e *env, dir string) error {
	next := "Hãy chạy hoso verify để chứng minh nhật ký còn như khi được niêm phong."
	if !d.KEK {
		next = "Chưa có tệp khóa: hãy đặt tệp kek của lúc làm bản sao lưu vào " + filepath.Join(dir, "keys") + " (quyền 0600), rồi chạy hoso verify."
	}
	n := func(v uint64) string { return report.Number(int64(v)) }
	_, err := fmt.Fprintf(e.out, "Đã khôi phục %s sự kiện của %s hồ sơ, %s khóa và %s tài liệu vào %s; đã đọc lại và khớp.\nDấu kiểm tra của nhật ký (SHA-256): %s\n%s\n",
		n(d.Events), n(d.Cases), n(uint64(d.Keys)), n(uint64(d.Documents)), dir, d.Digest, next)
	return err
}

// refuseRestoring refuses a directory that is only a part of a backup.
func refuseRestoring(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, restoringName)); err != nil {
		return nil //nolint:nilerr // what is wrong with the directory is said by who opens it
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "restore.unfinished",
		Msg: "việc khôi phục vào thư mục " + dir + " chưa xong; hãy chạy lại hoso restore với cùng tệp sao lưu"}
}
