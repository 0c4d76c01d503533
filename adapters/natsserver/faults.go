package natsserver

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"hoso/domain"
)

// reserve is the free space below which writes are refused: enough for the server to close its files in order.
const reserve = 16 << 20

// faults is the server's logger. It keeps the first error, which makes the server unfit for writing, and some last
// warnings for the error message of a failed start.
type faults struct {
	dir  string
	log  *slog.Logger
	full atomic.Bool // nearly: heals
	open atomic.Bool // the start is over
	once sync.Once
	quit chan struct{}

	mu     sync.Mutex
	err    error
	warned []string
}

func newFaults(dir string) *faults { return &faults{dir: dir, quit: make(chan struct{})} }

func (f *faults) stop() { f.once.Do(func() { close(f.quit) }) }

// first returns the first error since the server was made.
func (f *faults) first() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.err
}

func (f *faults) now() error {
	if err := f.first(); err != nil {
		return explain(err)
	}
	if f.full.Load() {
		return full(fmt.Errorf("less than %d MiB left", reserve>>20))
	}
	return nil
}

// watchSpace refuses writes before the disk is full, since the server does not survive a full one.
func (f *faults) watchSpace() {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-f.quit:
			return
		case <-tick.C:
			if free, ok := freeSpace(f.dir); ok {
				f.full.Store(free < reserve)
			}
		}
	}
}

// Errorf keeps the first error that is about storage, and during the start any error. The server has no other way
// to tell.
func (f *faults) Errorf(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	var cause error
	for _, a := range args {
		if err, ok := a.(error); ok {
			cause = err
		}
	}
	if cause == nil {
		cause = errors.New(strings.TrimSpace(text))
	} else {
		cause = fmt.Errorf("%s: %w", strings.Trim(strings.TrimSuffix(text, cause.Error()), " :"), cause)
	}
	if f.log != nil {
		f.log.Error(text)
	}
	if f.open.Load() && !aboutWriting(text, cause) {
		return // a client's mistake, for one
	}
	f.mu.Lock()
	if f.err == nil {
		f.err = cause
	}
	f.mu.Unlock()
}

// aboutWriting tells an error after which a stream takes no more writes.
func aboutWriting(text string, err error) bool {
	return isFull(err) || isReadOnly(err) || strings.Contains(text, "write error") ||
		strings.Contains(text, "failed to store a msg")
}

// Fatalf is called where the server cannot start. It must not end the process.
func (f *faults) Fatalf(format string, args ...any) { f.Errorf(format, args...) }

// Warnf keeps the last warnings.
func (f *faults) Warnf(format string, args ...any) { f.warn(fmt.Sprintf(format, args...)) }

func (f *faults) warn(text string) {
	f.mu.Lock()
	if f.warned = append(f.warned, strings.TrimSpace(text)); len(f.warned) > 3 {
		f.warned = f.warned[1:]
	}
	f.mu.Unlock()
	if f.log != nil {
		f.log.Warn(text)
	}
}

func (f *faults) warnings() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return strings.Join(f.warned, "; ")
}

// Noticef, Debugf and Tracef are noise.
func (f *faults) Noticef(string, ...any) {}

// Debugf drops it.
func (f *faults) Debugf(string, ...any) {}

// Tracef drops it.
func (f *faults) Tracef(string, ...any) {}

// explain gives an error of the storage its code and its words.
func explain(err error) error {
	var known *domain.Error
	switch {
	case errors.As(err, &known):
		return err
	case isFull(err):
		return full(err)
	case isReadOnly(err):
		return &domain.Error{Kind: domain.Unavailable, Code: "storage.read_only", Err: err,
			Msg: "thư mục dữ liệu không cho ghi; hãy kiểm tra quyền ghi và ổ đĩa"}
	}
	return unusable(err)
}

func full(err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "storage.full", Err: err,
		Msg: "ổ đĩa chứa dữ liệu đã đầy; hãy giải phóng dung lượng rồi thử lại"}
}

func unusable(err error) error {
	return &domain.Error{Kind: domain.Unavailable, Code: "storage.unusable", Err: err,
		Msg: "không dùng được thư mục dữ liệu"}
}

// The server sometimes passes on only the text of an error.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		strings.Contains(err.Error(), syscall.ENOSPC.Error())
}

func isReadOnly(err error) bool {
	return errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.EACCES) || errors.Is(err, syscall.EPERM) ||
		strings.Contains(err.Error(), syscall.EROFS.Error()) || strings.Contains(err.Error(), syscall.EACCES.Error())
}
