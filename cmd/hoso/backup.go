package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hoso/adapters/filelog"
	"hoso/adapters/natskeys"
	"hoso/domain"
	"hoso/projections/report"
)

type backupCommand struct {
	storeFlags
	To      string `arg:"" name:"DIR|FILE" help:"Tệp sao lưu mới, hoặc thư mục để đặt tệp hoso-<ngày>-<giờ>.hoso." type:"path"`
	WithKey bool   `name:"with-key-file" help:"Kèm cả tệp khóa keys/kek: ai có bản sao lưu này đọc được mọi dữ liệu cá nhân."`
	Format  string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// backedUp is what a backup has come to, for programs.
type backedUp struct {
	File string `json:"file"`
	filelog.Trailer
}

// part is the end of the name of a backup that is being written.
const part = ".part"

// Run makes a backup of data that are in use or not, reads it back from the disk, and only then gives it its name.
func (c backupCommand) Run(ctx context.Context, e *env) error {
	name, err := c.name(e)
	if err != nil {
		return err
	}
	unfinished := name + part
	if _, err := os.Stat(unfinished); err == nil {
		e.warn("lần sao lưu trước vào " + unfinished + " đã bị ngắt; làm lại từ đầu [backup.incomplete]")
	}
	f, err := os.OpenFile(unfinished, os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o600)
	if err != nil {
		return unwritten(err)
	}
	defer f.Close()
	written, err := c.write(ctx, e, f)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return unwritten(err)
	}
	again, err := filelog.Open(ctx, unfinished, e.countEvents("Đọc lại bản sao lưu"))
	if err != nil {
		return err
	}
	if again.Trailer != written {
		return &domain.Error{Kind: domain.Unavailable, Code: "backup.unverified", Msg: "tệp vừa ghi đọc lại thì khác; hãy kiểm tra ổ đĩa rồi sao lưu lại"}
	}
	if err := os.Rename(unfinished, name); err != nil {
		return unwritten(err)
	}
	if err := syncDir(filepath.Dir(name)); err != nil {
		return unwritten(err)
	}
	return c.say(e, backedUp{name, written})
}

func (c backupCommand) say(e *env, b backedUp) error {
	if c.Format == "json" {
		return writeJSON(e.out, b)
	}
	key := "Bản này không đọc được dữ liệu cá nhân nếu không có tệp khóa keys/kek: hãy giữ tệp ấy ở nơi khác."
	if c.WithKey {
		key = "Bản này có cả tệp khóa: ai có nó đọc được mọi dữ liệu cá nhân. Hãy cất như cất khóa."
	}
	_, err := fmt.Fprintf(e.out, "Đã sao lưu %s sự kiện, %s khóa và %s tài liệu (đã niêm) vào %s; đã đọc lại và khớp.\nDấu kiểm tra (SHA-256): %s\n%s\n",
		report.Number(int64(b.Events)), report.Number(int64(b.Keys)), report.Number(int64(b.Documents)), b.File, b.Digest, key)
	return err
}

// name returns the file of the backup, which is not there yet.
func (c backupCommand) name(e *env) (string, error) {
	name := c.To
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		name = filepath.Join(name, "hoso-"+e.clock().UTC().Format("20060102-150405")+".hoso")
	}
	if rest, err := filepath.Rel(c.Data, name); err == nil && c.embedded() && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator)) {
		return "", &domain.Error{Kind: domain.Usage, Code: "backup.inside", Msg: "bản sao lưu không được nằm trong chính thư mục dữ liệu; hãy nêu nơi khác"}
	}
	switch _, err := os.Stat(name); {
	case err == nil:
		return "", &domain.Error{Kind: domain.Usage, Code: "backup.exists", Msg: "đã có tệp " + name + "; hãy nêu tên khác"}
	case !errors.Is(err, fs.ErrNotExist):
		return "", unwritten(err)
	}
	return name, nil
}

// write makes the backup from data that nobody has open, from servers, or through the process that has them open.
func (c backupCommand) write(ctx context.Context, e *env, to io.Writer) (filelog.Trailer, error) {
	a, err := e.openSource(ctx, c.storeFlags)
	if domain.CodeOf(err) == "data.held" {
		t, live := c.receive(ctx, e, to)
		if errors.Is(live, errNoControl) {
			return t, err // whoever holds it does not serve
		}
		return t, live
	}
	if err != nil {
		return filelog.Trailer{}, err
	}
	defer a.close()
	if a.dir == "" {
		a.dir = c.Data // with outside servers the key file and the last checkpoint are there
	}
	if a.nats == nil { // the events are in EventStoreDB, the keys in the directory
		keys, err := e.openKeysAt(ctx, c.Data, a.tie)
		if err != nil {
			return filelog.Trailer{}, err
		}
		defer keys.close()
		a.nats = keys.nats
	}
	t, err := a.backup(ctx, e.clock(), to, c.WithKey, e.countEvents("Sao lưu"))
	if err != nil {
		return t, a.why(ctx, err)
	}
	return t, nil
}

// backup writes what is in the log now, with the sealed keys.
func (a *app) backup(ctx context.Context, now time.Time, to io.Writer, withKey bool, progress filelog.Progress) (_ filelog.Trailer, err error) {
	s := filelog.Source{Made: now, Name: a.tie.Name, Log: a.log, Keys: exported(natskeys.Export(ctx, a.nats))}
	if s.Documents, err = a.exportedDocuments(ctx); err != nil {
		return filelog.Trailer{}, err
	}
	files, done, err := a.keptFiles(ctx)
	if err != nil {
		return filelog.Trailer{}, err
	}
	defer done()
	s.Files = files
	note, err := readCheckpoint(a.dir)
	if err != nil {
		return filelog.Trailer{}, err
	}
	if note != "" {
		s.Checkpoint = []byte(note)
	}
	if withKey {
		if s.KEK, err = natskeys.ReadKEK(filepath.Join(a.dir, "keys")); err != nil {
			return filelog.Trailer{}, err
		}
	}
	return filelog.Write(ctx, to, s, progress)
}

func exported(keys iter.Seq2[natskeys.Sealed, error]) iter.Seq2[filelog.Key, error] {
	return func(yield func(filelog.Key, error) bool) {
		for s, err := range keys {
			if !yield(filelog.Key{Name: s.Name, Value: s.Value}, err) {
				return
			}
		}
	}
}

// countEvents returns a bar over the events of a log.
func (e *env) countEvents(label string) filelog.Progress {
	var bar *progress
	return func(_ uint64, at, to domain.Cursor) {
		if bar == nil {
			bar = e.progress(label, int64(to))
		}
		if bar.set(e, int64(at)); at == to {
			bar.done()
		}
	}
}

// unwritten says that a backup cannot be written where it was to be.
func unwritten(err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "backup.unwritable", Msg: "không ghi được bản sao lưu", Err: err}
}

// syncDir makes the names in a directory durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
