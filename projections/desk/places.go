package desk

import (
	"sync"

	"hoso/domain"
)

// Places bound how much of something that takes long or much is under way at once, an import or an open stream for instance: in
// all, and of each account, so that nobody takes what is there for everybody. They may be taken from many goroutines at once.
type Places struct {
	all, each int
	mu        sync.Mutex
	taken     int
	by        map[string]int
}

// NewPlaces returns places of which an account may have so many at once.
func NewPlaces(all, each int) *Places { return &Places{all: all, each: each, by: map[string]int{}} }

var (
	// ErrFull says that all places are taken, ErrTooMany that one account has as many as it may.
	ErrFull = &domain.Error{Kind: domain.Unavailable, Code: "request.server_busy",
		Msg: "máy chủ đang có quá nhiều yêu cầu; hãy thử lại sau giây lát", En: "the server has too many requests; try again in a moment"}
	ErrTooMany = &domain.Error{Kind: domain.Busy, Code: "request.too_many",
		Msg: "tài khoản này đang làm quá nhiều việc cùng lúc; hãy đợi việc trước xong, đóng bớt trang đang mở, rồi thử lại",
		En:  "this account does too much at once; wait until what it began has ended, close pages that are open, and try again"}
)

// Take takes a place for an account, which leave gives back, once. Of "", whom nobody knows, only the places in all are counted.
func (p *Places) Take(account string) (leave func(), err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case account != "" && p.by[account] >= p.each:
		return nil, ErrTooMany
	case p.taken >= p.all:
		return nil, ErrFull
	}
	p.taken++
	p.by[account]++
	return sync.OnceFunc(func() { p.leave(account) }), nil
}

func (p *Places) leave(account string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.taken--
	if p.by[account]--; p.by[account] == 0 {
		delete(p.by, account)
	}
}
