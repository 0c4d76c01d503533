package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gofrs/flock"

	"hoso/domain"
	"hoso/domain/calendar"
)

// holder is who holds a data directory; it stands in the lock file for the others to read. The lock itself is the
// system's: it ends with the process, however that ends, and what is left in the file then means nothing.
type holder struct {
	PID     int       `json:"pid"`
	Command string    `json:"command"`
	Since   time.Time `json:"since"`
}

const lockName = "lock"

// lock takes the data directory for this process and returns how to give it back.
func lock(dir string, h holder) (release func(), err error) {
	path := filepath.Join(dir, lockName)
	l := flock.New(path, flock.SetPermissions(0o600))
	for there := false; !there; { // a start that failed may take the file away between its opening and its locking
		got, err := l.TryLock()
		if err != nil {
			return nil, unusable(err)
		}
		if !got {
			return nil, held(path, dir)
		}
		if _, err := os.Stat(path); err == nil {
			there = true
		} else if err := l.Unlock(); err != nil {
			return nil, unusable(err)
		}
	}
	b, err := json.Marshal(h)
	if err == nil {
		err = os.WriteFile(path, b, 0o600)
	}
	if err != nil {
		_ = l.Unlock()
		return nil, unusable(err)
	}
	return func() { _ = l.Unlock() }, nil
}

func held(path, dir string) error {
	e := &domain.Error{Kind: domain.Unavailable, Code: "data.held", Msg: "thư mục dữ liệu " + dir + " đang được một tiến trình khác dùng"}
	var h holder
	if b, err := os.ReadFile(path); err == nil && json.Unmarshal(b, &h) == nil {
		e.Msg = fmt.Sprintf("thư mục dữ liệu %s đang được tiến trình %d dùng (%s, từ %s %s)", dir, h.PID, h.Command,
			h.Since.In(calendar.Zone).Format("15:04:05"), calendar.On(h.Since).Vietnamese())
	}
	return e
}

// makeDir makes the data directory, for its owner alone.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return unusable(err)
	}
	if info, err := os.Stat(dir); err == nil && info.Mode().Perm()&0o077 != 0 {
		if err := os.Chmod(dir, 0o700); err != nil {
			return unusable(err)
		}
	}
	return nil
}

// unusable says in the clerk's words why a file cannot be written.
func unusable(err error) error {
	e := &domain.Error{Kind: domain.Unavailable, Code: "storage.unusable", Msg: "không dùng được thư mục dữ liệu", Err: err}
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		e.Code, e.Msg = "storage.read_only", "không ghi được vào thư mục dữ liệu"
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), isFull(err):
		e.Code, e.Msg = "storage.full", "ổ đĩa đã đầy"
	}
	return e
}

// isFull tells whether SQLite found no room (SQLITE_FULL, https://sqlite.org/rescode.html#full).
func isFull(err error) bool {
	var coded interface{ Code() int }
	return errors.As(err, &coded) && coded.Code()&0xff == 13
}

// commandLine is how people recognise a process: its subcommand and flags, without what may be a file of people.
func commandLine(args []string) string {
	if len(args) == 0 {
		return "hoso"
	}
	return "hoso " + strings.TrimLeft(args[0], "-")
}
