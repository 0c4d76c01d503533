package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hoso/domain"
)

// ties are the logs that a data directory goes with: the one in use, and copies of it that were verified. They stand in
// the file "log" of the directory. Without them a forgotten --nats would show the zeros of an empty log, or split the
// history. Whoever opens one of the logs to write makes it the only one: the others stay behind from then on.
type ties struct {
	Log    tie   `json:"log"`
	Copies []tie `json:"copies,omitempty"`
}

// tie names a log.
type tie struct {
	Name  string `json:"name"`            // of the log: of two, also at the same place, it is never the same
	Place string `json:"place,omitempty"` // the flag that leads to it, without login; nothing where it is in the directory
}

const tiesName = "log"

// readTies returns none for a directory that is new.
func readTies(dir string) (t ties, err error) {
	b, err := os.ReadFile(filepath.Join(dir, tiesName))
	if errors.Is(err, fs.ErrNotExist) {
		return t, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &t)
	}
	if err != nil {
		return t, unusable(fmt.Errorf("read which log it goes with: %w", err))
	}
	return t, nil
}

// write replaces the file, whole and on disk.
func (t ties) write(dir string) error {
	b, err := json.Marshal(t)
	if err != nil {
		return err
	}
	return replace(dir, tiesName, append(b, '\n'))
}

func (t ties) none() bool { return t.Log.Name == "" }

func (t ties) all() []tie {
	if t.none() {
		return nil
	}
	return append([]tie{t.Log}, t.Copies...)
}

// has tells whether the directory goes with a log.
func (t ties) has(log tie) bool {
	return slices.ContainsFunc(t.all(), func(other tie) bool { return other.Name == log.Name })
}

// hasAt tells whether the directory goes with some log at such a place: in it, on NATS, or in EventStoreDB.
func (t ties) hasAt(place string) bool {
	flag := func(place string) string { name, _, _ := strings.Cut(place, " "); return name }
	return slices.ContainsFunc(t.all(), func(other tie) bool { return flag(other.Place) == flag(place) })
}

// used returns the ties after a log was opened, to write or only to read.
func (t ties) used(log tie, writing bool) ties {
	if t.none() || writing {
		return ties{Log: log}
	}
	return t
}

// with returns the ties with a copy that was verified.
func (t ties) with(copied tie) ties {
	if !t.has(copied) {
		t.Copies = append(slices.Clone(t.Copies), copied)
	}
	return t
}

// admit writes down that a directory, which goes with a log, goes with a verified copy of it too.
func admit(dir string, log, copied tie) error {
	t, err := readTies(dir)
	if err != nil {
		return err
	}
	if t.none() {
		t.Log = log
	}
	if now := t.with(copied); !now.same(t) || t.Log == log {
		return now.write(dir)
	}
	return nil
}

func (t ties) same(other ties) bool {
	return t.Log == other.Log && slices.Equal(t.Copies, other.Copies)
}

// refuse says that a directory does not go with a log, and what to do.
func (t ties) refuse(dir string, log tie) error {
	return &domain.Error{Kind: domain.Usage, Code: "data.other_log", Msg: fmt.Sprintf(
		"thư mục dữ liệu %s đang dùng với %s, không phải với %s; hãy gọi như trước, hoặc dùng thư mục khác; nếu việc chép sang đó chưa xong thì chạy lại hoso copy, nếu vẫn là nhật ký ấy ở địa chỉ mới thì xóa tệp %s",
		dir, t.Log, log, filepath.Join(dir, tiesName))}
}

// gone says that the log with which a directory goes is not where it was.
func (t ties) gone(dir string) error {
	return &domain.Error{Kind: domain.NotFound, Code: "data.log_gone", Msg: fmt.Sprintf(
		"không còn nhật ký mà thư mục dữ liệu %s đang dùng: %s; hãy khôi phục từ bản sao lưu, hoặc dùng thư mục khác để bắt đầu nhật ký mới", dir, t.Log)}
}

// String names the log for people.
func (l tie) String() string {
	s := l.Place
	if s == "" {
		s = "nhật ký trong chính thư mục (không có --nats, --eventstore)"
	}
	if l.Name != "" {
		s += " [" + l.Name + "]"
	}
	return s
}

// place names the log that the flags lead to, as people do, without login.
func (s storeFlags) place() string {
	switch {
	case s.EventStore != "":
		return "--eventstore " + hostsOf(s.EventStore)
	case s.NATS != "":
		var hosts []string
		for server := range strings.SplitSeq(s.NATS, ",") {
			hosts = append(hosts, hostsOf(server))
		}
		return "--nats " + strings.Join(hosts, ",")
	}
	return ""
}

// hostsOf returns of an address what stands between the login and the settings.
func hostsOf(address string) string {
	if _, rest, ok := strings.Cut(address, "://"); ok {
		address = rest
	}
	address = address[strings.LastIndex(address, "@")+1:]
	if i := strings.IndexAny(address, "/?"); i >= 0 {
		address = address[:i]
	}
	return strings.TrimSpace(address)
}
