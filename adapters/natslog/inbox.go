package natslog

import (
	"context"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// inbox hands the server's replies to those who wait for them. One subscription serves all; a request may have any
// number of replies, which the connection's own request call does not allow.
type inbox struct {
	nc        *nats.Conn
	prefix    string
	sub       *nats.Subscription
	elections *elections

	mu      sync.Mutex
	n       uint64
	waiting map[string]chan *nats.Msg
}

func newInbox(nc *nats.Conn, e *elections) (*inbox, error) {
	i := &inbox{nc: nc, elections: e, prefix: nc.NewInbox() + ".", waiting: map[string]chan *nats.Msg{}}
	sub, err := nc.Subscribe(i.prefix+"*", i.receive)
	if err != nil {
		return nil, err
	}
	i.sub = sub
	return i, sub.SetPendingLimits(-1, -1)
}

func (i *inbox) unsubscribe() { _ = i.sub.Unsubscribe() } // fails only where the connection is gone

// receive never blocks: what nobody waits for, or more replies than were asked for, is dropped.
func (i *inbox) receive(m *nats.Msg) {
	i.mu.Lock()
	c := i.waiting[m.Subject]
	i.mu.Unlock()
	select {
	case c <- m: // a nil channel is never ready
	default:
	}
}

// request is a place where replies arrive. Close it.
type request struct {
	box        *inbox
	reply      string
	replies    chan *nats.Msg
	reconnects uint64
	elections  uint64
}

// open returns a place for up to n replies.
func (i *inbox) open(n int) *request {
	r := &request{box: i, replies: make(chan *nats.Msg, n), reconnects: i.nc.Stats().Reconnects, elections: i.elections.count()}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.n++
	r.reply = i.prefix + strconv.FormatUint(i.n, 36)
	i.waiting[r.reply] = r.replies
	return r
}

func (r *request) close() {
	r.box.mu.Lock()
	defer r.box.mu.Unlock()
	delete(r.box.waiting, r.reply)
}

// What was asked may have been done, except where no server was there.
var (
	errUnanswered   = unavailable("log.unanswered", "máy chủ lưu trữ không trả lời kịp; hãy gửi lại cùng yêu cầu", nil)
	errDisconnected = unavailable("log.disconnected", "mất kết nối với máy chủ lưu trữ; hãy gửi lại cùng yêu cầu", nil)
	errNewLeader    = unavailable("log.new_leader", "cụm máy chủ lưu trữ vừa bầu máy chủ chính mới; hãy gửi lại cùng yêu cầu", nil)
	errNoServer     = unavailable("log.no_server", "máy chủ lưu trữ chưa sẵn sàng; hãy thử lại sau", nil)
)

func unavailable(code, msg string, cause error) *domain.Error {
	return &domain.Error{Kind: domain.Unavailable, Code: code, Msg: msg, Err: cause}
}

// next waits for the next reply: until ctx ends, the time is over, the connection was lost, the servers have elected
// another leader, or fault says why no reply will come.
func (r *request) next(ctx context.Context, timeout time.Duration, fault func() error) (*nats.Msg, error) {
	select {
	case m := <-r.replies:
		return r.check(m)
	default:
	}
	deadline := time.Now().Add(timeout)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case m := <-r.replies:
			return r.check(m)
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case now := <-tick.C:
			if err := fault(); err != nil {
				return nil, err
			}
			if !r.box.nc.IsConnected() || r.box.nc.Stats().Reconnects != r.reconnects {
				return nil, errDisconnected
			}
			if r.box.elections.count() != r.elections {
				return nil, errNewLeader
			}
			if now.After(deadline) {
				return nil, fmt.Errorf("%w (%v)", errUnanswered, timeout)
			}
		}
	}
}

func (r *request) check(m *nats.Msg) (*nats.Msg, error) {
	if len(m.Data) == 0 && first(m.Header, "Status") == "503" {
		return nil, errNoServer
	}
	return m, nil
}
