package intake

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// Handler is what an import needs of domain.Handler.
type Handler interface {
	Handle(context.Context, domain.Request) (domain.Outcome, error)
}

// queued is how many lines may wait for one worker.
const queued = 32

// Importer imports files of lines, one after the other.
type Importer struct {
	Parser  *Parser
	Handler Handler
	Past    Past // nil where nothing was imported before
	// Workers is how many commands are handled at once: the log writes those that wait together with one sync. The
	// lines of one case always keep their order.
	Workers int
	// Taken is told of every line that is in the log, from any goroutine but one at a time, in no certain order. It may be
	// nil.
	Taken func(Taken)

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

// Taken is a line that is in the log: what it asks is durable.
type Taken struct {
	Line    int             `json:"line"`
	Case    domain.StreamID `json:"case"`
	Version uint64          `json:"version,omitempty"` // of its last event; 0 for a line that was there before
	Already bool            `json:"already,omitempty"` // the same command was there before: nothing was added
}

// Refusal says why a line was refused.
type Refusal struct {
	Line   int    `json:"line"`
	Field  string `json:"field"`
	Code   string `json:"code"`
	Reason string `json:"reason"`
	// English and Law are there where a rule of a case type refuses: the reason in English, and the article.
	English string `json:"english,omitempty"`
	Law     string `json:"law,omitempty"`
}

// Run imports the lines of r. What is wrong with a line is given to refuse, from any goroutine but one at a time, in
// no certain order; the other lines go in. Running the same file again adds nothing.
//
// An error says that the import stopped: a file that cannot be read, a log that cannot be written, a crash, an end of the
// context. What the summary counts is durable then, and the same file may simply be imported again.
func (i *Importer) Run(ctx context.Context, r io.Reader, refuse func(Refusal)) (Summary, error) {
	handling, end := patient(ctx)
	defer end()
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

// finishing is how long commands that have begun may take after an import was stopped.
const finishing = 3 * time.Second

// patient returns a context for commands: neither another one's failure nor the end of the import tears what has begun, so that
// the summary knows what is in the log. Only a log that does not answer is not waited for.
func patient(ctx context.Context) (context.Context, context.CancelFunc) {
	handling, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unwatch := context.AfterFunc(ctx, func() { time.AfterFunc(finishing, cancel) })
	return handling, func() { unwatch(); cancel() }
}

// caught makes a crash an error: it is to stop its import, and not the program with everything else that it does.
func caught(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("import crashed: %v\n%s", p, debug.Stack())
	}
}

// run is the import of one file.
type run struct {
	*Importer
	refuse   func(Refusal)
	stop     context.CancelCauseFunc
	handling context.Context
	queues   []chan job
	workers  sync.WaitGroup
	underway sync.WaitGroup // lines that were given to a worker and are not in the log yet
	held     held
	sum      Summary
}

type job struct {
	number int
	Line
	known bool   // its command was recorded before the import
	later *later // where lines of the same case that stand below it in the file are in the log already
}

// read parses the lines in order and gives each to the worker of its case.
func (r *run) read(ctx context.Context, in io.Reader) (err error) {
	defer caught(&err)
	for l, err := range Lines(in) {
		if err == nil {
			var line Line
			if line, err = r.Parser.Parse(ctx, l.Text); err == nil {
				err = r.take(ctx, job{number: l.Number, Line: line})
			}
		}
		if err != nil && !r.refused(l.Number, err) {
			return err
		}
		r.count(func(s *Summary) { s.Lines++ })
	}
	return r.release(ctx, 0)
}

// take decides what to do with a line. An id made from the content and used before is this very line: it is there
// already. What is new for an old case waits, see [held].
func (r *run) take(ctx context.Context, j job) error {
	known, err := r.claim(ctx, j.Line)
	done := known && !j.Given // of an id that was given, the handler compares the contents
	j.known = known
	switch {
	case (done || err != nil) && j.registers != nil:
		j.registers.settle(done)
	case !done && err == nil && r.Past != nil && j.registers == nil:
		var old bool
		if old, err = r.Past.Case(ctx, j.Case); old && err == nil {
			return r.hold(ctx, j)
		}
	}
	if done {
		r.taken(Taken{Line: j.number, Case: j.Case, Already: true})
	}
	if done || err != nil {
		return err
	}
	return r.dispatch(ctx, j)
}

// dispatch gives a line to the worker of its case. Whether somebody may be erased depends on other cases, so that is asked
// when all lines before it are in the log.
func (r *run) dispatch(ctx context.Context, j job) error {
	if _, ok := j.Command.(domain.Eraser); ok {
		r.underway.Wait()
	}
	r.underway.Add(1)
	select {
	case r.queues[r.shard(j.Case)] <- j:
		return nil
	case <-ctx.Done():
		r.underway.Done()
		return context.Cause(ctx)
	}
}

// claim tells whether the line's command is in the log already, and notices a command id that is used for two contents.
// Within one case the handler notices it too.
func (r *run) claim(ctx context.Context, l Line) (known bool, err error) {
	if r.used == nil {
		r.used = map[uuid.UUID]string{}
	}
	if f, ok := r.used[l.ID]; ok && f != l.Fingerprint {
		return false, errReused
	}
	r.used[l.ID] = l.Fingerprint
	if r.Past == nil {
		return false, nil
	}
	at, used, err := r.Past.Command(ctx, l.ID)
	if err != nil || !used {
		return false, err
	}
	r.held.pass(at)
	if l.Given && at.Case != l.Case {
		return false, errReused
	}
	return true, nil
}

var errReused = &domain.Error{Kind: domain.Conflict, Code: "command.id_reused", Field: "id", Msg: "mã lệnh này đã dùng cho một nội dung khác"}

func (r *run) shard(id domain.StreamID) int {
	return int(binary.BigEndian.Uint64(id.ID[8:]) % uint64(len(r.queues)))
}

func (r *run) work(ctx context.Context, jobs <-chan job) {
	for j := range jobs {
		out, err := r.handle(ctx, j)
		r.underway.Done()
		if err != nil && !r.refused(j.number, err) {
			r.stop(err) // whoever waits for a registration ends with this, too: nobody knows what became of it
			continue
		}
		if j.registers != nil {
			j.registers.settle(err == nil || domain.CodeOf(err) == "person.already_registered")
		}
		if err == nil { // a log that recognised it answers as the first time
			r.taken(Taken{Line: j.number, Case: out.Case, Version: out.Last, Already: out.Repeated || j.known})
		}
	}
}

// handle waits for the people whom the line names, which only ever stand before it in the file, and handles it.
func (r *run) handle(ctx context.Context, j job) (_ domain.Outcome, err error) {
	defer caught(&err)
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
	if j.later != nil && j.later.version > 0 {
		if err := r.Past.Allowed(r.handling, j.Request, j.later.version); err != nil {
			return domain.Outcome{}, err
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
	reason, law := e.Msg, e.Law
	var cause *domain.Error
	if errors.As(e.Err, &cause) {
		reason, law = reason+": "+cause.Msg, cmp.Or(law, cause.Law)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sum.Refused++
	r.refuse(Refusal{line, e.Field, e.Code, reason, e.English(), law})
	return true
}

// taken counts a line that is in the log, and tells of it.
func (r *run) taken(t Taken) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.Already {
		r.sum.Already++
	} else {
		r.sum.Written++
	}
	if r.Taken != nil {
		r.Taken(t)
	}
}

func (r *run) count(add func(*Summary)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(&r.sum)
}
