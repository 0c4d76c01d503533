package intake

import (
	"context"

	"github.com/google/uuid"

	"hoso/domain"
)

// Past is what earlier imports have left in the log. It may miss what was written lately; what it says is there for
// good.
type Past interface {
	// Command returns where the first event of a command lies.
	Command(ctx context.Context, id uuid.UUID) (Place, bool, error)
	// Case tells whether there is such a case.
	Case(ctx context.Context, id domain.StreamID) (bool, error)
	// Allowed tells why the rules of the case would refuse a request before the event of a version, and nil where they
	// would not. It writes nothing.
	Allowed(ctx context.Context, r domain.Request, before uint64) error
}

// Place is an event of a case.
type Place struct {
	Case    domain.StreamID
	Version uint64
}

// window is how many lines wait at most.
const window = 20_000

// held are lines that are new in cases which were there before the import. They wait until the file has been read, or
// the window is full, because the lines below them matter:
//
//	1  collect   refused: nothing was decided
//	2  decide    written
//
// When this file is imported again, line 1 is new, and the case now allows it; yet the same file must not add
// anything. So where a line below it is in the log already, line 1 is first decided where it stands: on the case as it
// was before line 2. A line that was corrected in the meantime passes there, and goes on.
type held struct {
	jobs  []job
	cases map[domain.StreamID]*later
}

// later is the first line below that is in the log: its version, 0 where there is none.
type later struct{ version uint64 }

// pass notes a line that is in the log.
func (h *held) pass(at Place) {
	if l, ok := h.cases[at.Case]; ok {
		l.version = at.Version
		delete(h.cases, at.Case)
	}
}

func (r *run) hold(ctx context.Context, j job) error {
	h := &r.held
	if h.cases == nil {
		h.cases = map[domain.StreamID]*later{}
	}
	if h.cases[j.Case] == nil {
		h.cases[j.Case] = &later{}
	}
	j.later = h.cases[j.Case]
	h.jobs = append(h.jobs, j)
	return r.release(ctx, window)
}

// release lets the oldest lines go until no more than keep wait. A line that has gone no longer changes.
func (r *run) release(ctx context.Context, keep int) error {
	h := &r.held
	for len(h.jobs) > keep {
		j := h.jobs[0]
		h.jobs = h.jobs[1:]
		if h.cases[j.Case] == j.later {
			frozen := *j.later
			j.later = &frozen
		}
		if err := r.dispatch(ctx, j); err != nil {
			return err
		}
	}
	return nil
}
