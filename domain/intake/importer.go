package intake

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"sync"

	"github.com/google/uuid"

	"hoso/domain"
)

// Handler is what an import needs of domain.Handler.
type Handler interface {
	Handle(context.Context, domain.Request) (domain.Outcome, error)
}

// Commands tells what earlier imports have left.
type Commands interface {
	// CaseOf returns the case for which a command id was used. What it has found must be in the log for good; it may
	// miss what was written lately.
	CaseOf(ctx context.Context, command uuid.UUID) (domain.StreamID, bool, error)
}

// queued is how many lines may wait for one worker.
const queued = 32

// Importer imports files of lines, one after the other.
type Importer struct {
	Parser  *Parser
	Handler Handler
	// Commands finds ids that other cases have used, and makes importing again quick; nil where nothing was imported
	// before.
	Commands Commands
	// Workers is how many commands are handled at once: the log writes those that wait together with one sync. The
	// lines of one case always keep their order.
	Workers int

	mu   sync.Mutex
	used map[uuid.UUID]string // the fingerprints of this import's commands
}

// Summary counts the lines of a file.
type Summary struct {
	Lines   int
	Written int
	Already int // the same command was there before: nothing was added
	Refused int
}

// Refusal says why a line was refused.
type Refusal struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
}

// Run imports the lines of r. What is wrong with a line is given to refuse, from any goroutine but one at a time, in
// no certain order; the other lines go in. Running the same file again adds nothing but lines that were refused and
// are right now.
//
// An error says that the import stopped: a file that cannot be read, a log that cannot be written, an end of the
// context. What the summary counts is durable then, and the same file may simply be imported again.
func (i *Importer) Run(ctx context.Context, r io.Reader, refuse func(Refusal)) (Summary, error) {
	handling := ctx // commands under way are not torn by another one's failure
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	run := &run{Importer: i, refuse: refuse, stop: stop, handling: handling, queues: make([]chan job, max(i.Workers, 1))}
	for n := range run.queues {
		run.queues[n] = make(chan job, queued)
		run.workers.Go(func() { run.work(ctx, run.queues[n]) })
	}
	if err := run.read(ctx, r); err != nil {
		stop(err)
	}
	for _, q := range run.queues {
		close(q)
	}
	run.workers.Wait()
	return run.sum, context.Cause(ctx)
}

// run is the import of one file.
type run struct {
	*Importer
	refuse   func(Refusal)
	stop     context.CancelCauseFunc
	handling context.Context
	queues   []chan job
	workers  sync.WaitGroup
	sum      Summary
}

type job struct {
	number int
	Line
}

// read parses the lines in order and gives each to the worker of its case.
func (r *run) read(ctx context.Context, in io.Reader) error {
	for l, err := range Lines(in) {
		if err == nil {
			var line Line
			if line, err = r.Parser.Parse(ctx, l.Text); err == nil {
				err = r.dispatch(ctx, job{l.Number, line})
			}
		}
		if err != nil && !r.refused(l.Number, err) {
			return err
		}
		r.count(func(s *Summary) { s.Lines++ })
	}
	return nil
}

// dispatch gives a line to the worker of its case, unless there is nothing to do: an id made from the content and used
// before is this very line.
func (r *run) dispatch(ctx context.Context, j job) error {
	used, err := r.claim(ctx, j.Line)
	if j.registers != nil && (used || err != nil) {
		j.registers.settle(used)
	}
	if used {
		r.count(func(s *Summary) { s.Already++ })
	}
	if used || err != nil {
		return err
	}
	select {
	case r.queues[r.shard(j.Case)] <- j:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// claim tells whether the line is in the log already, and notices a command id that is used for two contents. Within
// one case the handler notices it too.
func (r *run) claim(ctx context.Context, l Line) (used bool, err error) {
	if r.used == nil {
		r.used = map[uuid.UUID]string{}
	}
	if f, ok := r.used[l.ID]; ok && f != l.Fingerprint {
		return false, errReused
	}
	r.used[l.ID] = l.Fingerprint
	if r.Commands == nil {
		return false, nil
	}
	other, used, err := r.Commands.CaseOf(ctx, l.ID)
	switch {
	case err != nil || !used:
		return false, err
	case !l.Given:
		return true, nil
	case other != l.Case:
		return false, errReused
	}
	return false, nil // the handler compares the fingerprints
}

var errReused = &domain.Error{Kind: domain.Conflict, Code: "command.id_reused", Field: "id", Msg: "mã lệnh này đã dùng cho một nội dung khác"}

func (r *run) shard(id domain.StreamID) int {
	return int(binary.BigEndian.Uint64(id.ID[8:]) % uint64(len(r.queues)))
}

func (r *run) work(ctx context.Context, jobs <-chan job) {
	for j := range jobs {
		out, err := r.handle(ctx, j)
		if j.registers != nil {
			j.registers.settle(err == nil || domain.CodeOf(err) == "person.already_registered")
		}
		switch {
		case err != nil:
			if !r.refused(j.number, err) {
				r.stop(err)
			}
		case out.Repeated:
			r.count(func(s *Summary) { s.Already++ })
		default:
			r.count(func(s *Summary) { s.Written++ })
		}
	}
}

// handle waits for the people whom the line names, which only ever stand before it in the file, and handles it.
func (r *run) handle(ctx context.Context, j job) (domain.Outcome, error) {
	if err := ctx.Err(); err != nil {
		return domain.Outcome{}, context.Cause(ctx)
	}
	for _, n := range j.needs {
		known, err := n.wait(ctx)
		if err != nil {
			return domain.Outcome{}, err
		}
		if !known {
			return domain.Outcome{}, at(n.field, errUnknownPerson)
		}
	}
	return r.Handler.Handle(r.handling, j.Request)
}

// refused reports a line, and returns false where the error is not the line's fault.
func (r *run) refused(line int, err error) bool {
	var e *domain.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case domain.Invalid, domain.Rejected, domain.Conflict, domain.NotFound, domain.Forbidden:
	default:
		return false
	}
	reason := e.Msg
	var cause *domain.Error
	if errors.As(e.Err, &cause) {
		reason += ": " + cause.Msg
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Refused++
	r.refuse(Refusal{line, e.Field, e.Code, reason})
	return true
}

func (r *run) count(add func(*Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(&r.sum)
}
