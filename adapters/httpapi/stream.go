package httpapi

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hoso/domain"
)

const (
	// stall is how long a stream waits for the other side to take or to send something.
	stall = 30 * time.Second
	// flushing is how long a line may wait for others before it is sent.
	flushing = 200 * time.Millisecond
)

func (s *server) streams() {
	s.importing()
	s.exporting()
	s.watching()
}

// stream adds an operation that answers as long as it takes. What its handler returns writes the answer.
func stream[I any](s *server, op huma.Operation, begin func(context.Context, *I) (func(*wire), error)) {
	huma.Register(s.api, op, func(ctx context.Context, in *I) (*huma.StreamResponse, error) {
		write, err := begin(ctx, in)
		if err != nil {
			return nil, &failed{err, s.log}
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			r, w := humago.Unwrap(hc)
			c := &wire{w: w, r: r, rc: http.NewResponseController(w), log: s, operation: op.OperationID}
			defer c.end()
			write(c)
		}}, nil
	})
}

// wire is the connection of a stream. What is sent is flushed at once or a moment later.
type wire struct {
	mu        sync.Mutex
	later     *time.Timer // flushes what waits; nil: nothing does
	w         http.ResponseWriter
	r         *http.Request
	rc        *http.ResponseController
	log       *server
	operation string
	broken    error
	ended     bool
}

// start sends the head.
func (c *wire) start(kind string) {
	h := c.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy before us is to pass each line on
	c.w.WriteHeader(http.StatusOK)
	c.flush()
}

// line sends a value as a line of JSON. After an error nothing is sent any more.
func (c *wire) line(v any) bool {
	b, err := json.Marshal(v)
	if err != nil {
		c.broken = err
		return false
	}
	return c.send(append(b, '\n'), false)
}

func (c *wire) send(b []byte, now bool) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.broken != nil {
		return false
	}
	_ = c.rc.SetWriteDeadline(time.Now().Add(stall))
	_, c.broken = c.w.Write(b)
	switch {
	case c.broken != nil:
	case now:
		c.flushed()
	case c.later == nil:
		c.later = time.AfterFunc(flushing, c.flush)
	}
	return c.broken == nil
}

func (c *wire) flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flushed()
}

func (c *wire) flushed() {
	c.stop()
	if c.ended {
		return
	}
	if err := c.rc.Flush(); err != nil && c.broken == nil {
		c.broken = err
	}
}

func (c *wire) stop() {
	if c.later != nil {
		c.later.Stop()
		c.later = nil
	}
}

// end sends what waits. Nothing touches the connection after it.
func (c *wire) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.flushed()
	c.ended = true
}

// problem ends a stream that has begun with the problem in its last line.
func (c *wire) problem(err error) {
	c.line(struct {
		Problem *Problem `json:"problem"`
	}{c.problemOf(err)})
}

func (c *wire) problemOf(err error) *Problem {
	p := problemOf(err, domain.InEnglish(c.r.Header.Get("Accept-Language")))
	if told(c.r.Context(), err) {
		p.note(&failed{err, c.log.log}, c.operation)
	}
	return p
}

// patient is a body that may take as long as it likes, and may not stand still.
type patient struct {
	io.Reader
	rc *http.ResponseController
}

// Read implements io.Reader.
func (p patient) Read(b []byte) (int, error) {
	_ = p.rc.SetReadDeadline(time.Now().Add(stall))
	return p.Reader.Read(b)
}
