package seal

import (
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
	dseal "hoso/domain/seal"
)

// Verdict is what a verification has found.
type Verdict struct {
	Position    domain.Ordinal `json:"position"` // of the last event
	Events      uint64         `json:"events"`   // that were read
	Root        string         `json:"root"`     // of all of them, in base64
	Sealed      domain.Ordinal `json:"sealed"`   // the last position that a good checkpoint covers
	Checkpoints int            `json:"checkpoints"`
	Reports     int            `json:"reports"`   // publications that were built again
	Figures     int            `json:"figures"`   // numbers of them whose events were added up
	Documents   int            `json:"documents"` // attached to cases, whose bytes were held against their hashes
	OK          bool           `json:"ok"`
	Problems    []Problem      `json:"problems"`
}

// Problem is something that is not as it was, or that cannot be told.
type Problem struct {
	Code     string         `json:"code"`
	Position domain.Ordinal `json:"position,omitempty"` // the first one that is concerned
	Message  string         `json:"message"`
}

// maxProblems is how many problems are listed; a log that was exchanged has one in every case.
const maxProblems = 100

// Add notes a problem.
func (v *Verdict) Add(code string, at domain.Ordinal, format string, args ...any) {
	v.OK = false
	if len(v.Problems) < maxProblems {
		v.Problems = append(v.Problems, Problem{code, at, fmt.Sprintf(format, args...)})
	}
}

// Options say what a log is verified against. The zero value looks only whether it agrees with itself.
type Options struct {
	Trust Trust
	// Notes are checkpoints that were kept outside the log.
	Notes []dseal.Note
	// Views is the file that was filled from this log, as it was left; nil where there is none.
	Views *sql.DB
	// Progress is told now and then, in the caller's goroutine: events read, and cursors for a bar. It may be nil.
	Progress func(events uint64, at, to domain.Cursor)
	// Look is shown every event, in the log's order, in the caller's goroutine. An error ends the verification. It may be nil.
	Look func(domain.Ordinal, domain.Recorded) error
}

// Verify reads the log from its beginning to its end at the moment of the call. What it finds is in the verdict; an error
// says that it could not go on: the log does not answer, the context has ended. Of each case it keeps an entry in memory,
// and of each event 32 bytes.
func Verify(ctx context.Context, log domain.EventLog, o Options) (Verdict, error) {
	w := &walk{Options: o, tree: memory{}, versions: map[domain.StreamID]uint64{}, verdict: Verdict{OK: true, Problems: []Problem{}}}
	end, err := log.Head(ctx)
	if err == nil {
		err = w.all(ctx, log, end)
	}
	if unreadable(ctx, err) {
		w.verdict.Add("log.unreadable", domain.Ordinal(w.verdict.Events)+1, "không đọc tiếp được nhật ký: %v", err)
		err = nil
	}
	if err != nil {
		return w.verdict, err
	}
	return w.verdict, w.end(ctx)
}

// unreadable tells an error that is about what the log holds, not about reaching it.
func unreadable(ctx context.Context, err error) bool {
	return err != nil && ctx.Err() == nil && (domain.KindOf(err) != domain.Unavailable || domain.CodeOf(err) == "log.history_cut")
}

// walk is one reading of a log.
type walk struct {
	Options
	verdict  Verdict
	tree     memory
	versions map[domain.StreamID]uint64
	key      int // the newest key that has signed so far
	buffer   []byte
	claims   []claim
}

// claim is a checkpoint whose signature is good.
type claim struct {
	Checkpoint
	at domain.Ordinal // of its event; 0 where it was kept outside
}

// chunk is how many events go from the goroutine that receives them to the one that looks at them.
const chunk = 512

func (w *walk) all(ctx context.Context, log domain.EventLog, end domain.Cursor) error {
	if end == 0 {
		return nil
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	chunks, failed := make(chan []domain.Recorded, 8), make(chan error, 1)
	done := make(chan []domain.Recorded, 8) // to be filled again
	go func() {
		failed <- receive(ctx, log, end, chunks, done)
		close(chunks)
	}()
	for events := range chunks {
		if err := w.take(events); err != nil {
			return err
		}
		if w.Progress != nil {
			w.Progress(w.verdict.Events, events[len(events)-1].Position, end)
		}
		select {
		case done <- events:
		default:
		}
	}
	return <-failed
}

// receive reads the log up to a cursor, into chunks that come back from who has looked at them where there are any.
func receive(ctx context.Context, log domain.EventLog, end domain.Cursor, to chan<- []domain.Recorded, back <-chan []domain.Recorded) error {
	events := make([]domain.Recorded, 0, chunk)
	send := func() bool {
		select {
		case to <- events:
		case <-ctx.Done():
			return false
		}
		select {
		case events = <-back:
			events = events[:0]
		default:
			events = make([]domain.Recorded, 0, chunk)
		}
		return true
	}
	for e, err := range log.Follow(ctx, 0) {
		if err != nil {
			if len(events) > 0 && !send() {
				return ctx.Err()
			}
			return err
		}
		events = append(events, e)
		if (len(events) == chunk || e.Position >= end) && !send() {
			return ctx.Err()
		}
		if e.Position >= end {
			return nil
		}
	}
	return &domain.Error{Kind: domain.Internal, Code: "log.ended", Msg: "nhật ký sự kiện dừng trước điểm cuối của nó"}
}

func (w *walk) take(events []domain.Recorded) error {
	size := w.verdict.Position
	hashes := make([]byte, 0, len(events)*tlog.HashSize)
	for _, e := range events {
		w.verdict.Events++
		w.verdict.Position++
		if last := w.versions[e.Stream]; e.Version != last+1 {
			w.verdict.Add("log.version_gap", w.verdict.Position, "hồ sơ %s: phiên bản %d đứng sau phiên bản %d", e.Stream, e.Version, last)
		}
		w.versions[e.Stream] = e.Version
		if w.Look != nil {
			if err := w.Look(w.verdict.Position, e); err != nil {
				return err
			}
		}
		var leaf tlog.Hash
		leaf, w.buffer = leafOf(e, w.buffer)
		hashes = append(hashes, leaf[:]...)
		n, ok, err := noteIn(e)
		if err != nil {
			w.verdict.Add(errBadNote.Code, w.verdict.Position, "%s", errBadNote.Msg)
		} else if ok {
			w.hear(n, w.verdict.Position)
		}
	}
	return grow(w.tree, int64(size), hashes)
}

// hear looks at the signature of a checkpoint. Its root is compared in the end.
func (w *walk) hear(n dseal.Note, at domain.Ordinal) {
	c, key, err := w.Trust.Open(n)
	switch {
	case err != nil:
		w.verdict.Add(domain.CodeOf(err), at, "%v", err)
		return
	case at != 0 && key < w.key:
		w.verdict.Add("seal.old_key", at, "dấu niêm phong ký bằng khóa đã được thay trước đó")
		return
	}
	if at != 0 {
		w.key = key
	}
	if at != 0 && c.Size >= at {
		w.verdict.Add("seal.ahead", at, "dấu niêm phong nói về vị trí %d, không ở trước nó: có sự kiện trước đó đã mất, hoặc dấu này bị giả", c.Size)
	}
	w.claims = append(w.claims, claim{c, at})
}

func (w *walk) end(ctx context.Context) error {
	root, err := tlog.TreeHash(int64(w.verdict.Position), read(w.tree))
	if err != nil {
		return err
	}
	w.verdict.Root = root.String()
	for _, n := range w.Notes {
		w.hear(n, 0)
	}
	if err := w.compare(); err != nil || w.Views == nil {
		return err
	}
	return w.compareViews(ctx)
}

// compare holds the tree against what was signed.
func (w *walk) compare() error {
	nodes := read(w.tree)
	var wrong []claim
	for _, c := range w.claims {
		if c.Size > w.verdict.Position {
			w.verdict.Add("log.truncated", w.verdict.Position+1, "nhật ký kết thúc ở vị trí %d, nhưng đã được niêm phong đến vị trí %d", w.verdict.Position, c.Size)
			continue
		}
		root, err := tlog.TreeHash(int64(c.Size), nodes)
		if err != nil {
			return err
		}
		switch {
		case root != c.Root:
			wrong = append(wrong, c)
		default:
			w.verdict.Sealed = max(w.verdict.Sealed, c.Size)
			if c.at != 0 {
				w.verdict.Checkpoints++
			}
		}
	}
	w.blame(wrong)
	return nil
}

// blame says what checkpoints with another root mean. Where one of a longer log holds, the log is right and the checkpoint is
// not. Otherwise something was changed after the last one that holds; what follows from it is not told again.
func (w *walk) blame(wrong []claim) {
	var first *claim
	for _, c := range wrong {
		if c.Size <= w.verdict.Sealed {
			w.verdict.Add("seal.forged", c.at, "dấu niêm phong đến vị trí %d có gốc khác, trong khi dấu của phần dài hơn thì đúng", c.Size)
		} else if first == nil || c.Size < first.Size {
			first = &c
		}
	}
	if first != nil {
		w.verdict.Add("log.changed", w.verdict.Sealed+1, "nhật ký từ vị trí %d đến %d không còn như khi được niêm phong (%s)", w.verdict.Sealed+1, first.Size, first)
	}
}

// where names a checkpoint for people.
func (c claim) String() string {
	if c.at == 0 {
		return fmt.Sprintf("dấu giữ bên ngoài, %d sự kiện", c.Size)
	}
	return fmt.Sprintf("dấu ở vị trí %d", c.at)
}
