package domain

import (
	"cmp"
	"slices"

	"github.com/google/uuid"

	"hoso/domain/area"
)

// History is a case as its decider sees it: the acts that stand, with corrections put in their place and voided ones
// taken out, and the state that they add up to.
type History[S any] struct {
	State S
	acts  []standing
	// done is where each command's events lie, for answering a command that comes again.
	done map[uuid.UUID]outcome
	tail Tail
	// requests are the amendments that wait for approval, the first one first.
	requests []request
	// assigned is the account that does the work on the case.
	assigned string
	// unit is where the acts that stand say that the case belongs; see where.
	unit area.Code
}

// standing is an act in force, known by the version of the event that first recorded it.
type standing struct {
	version uint64
	Act
	voided  bool
	amended uint64 // version of the event that corrected it last
}

type outcome struct {
	first, last uint64
	position    Cursor
	fingerprint string
}

// record adds an event of the log.
func (h *History[S]) record(d Decider[S], e Recorded, act Act) {
	h.apply(d, e.Version, act)
	h.remember(e, act)
	o := h.done[e.Meta.Command]
	if o.first == 0 {
		o.first = e.Version
	}
	o.last, o.position, o.fingerprint = e.Version, e.Position, e.Meta.Fingerprint
	if h.done == nil {
		h.done = map[uuid.UUID]outcome{}
	}
	h.done[e.Meta.Command] = o
	h.tail = Tail{e.Version, e.Position}
}

func (h *History[S]) apply(d Decider[S], version uint64, act Act) {
	switch e := act.Event.(type) {
	case Corrected:
		h.replace(d, e.Version, func(s *standing) { s.Act, s.amended = e.Now, version })
	case Voided:
		h.replace(d, e.Version, func(s *standing) { s.voided = true })
	case Assigned:
		h.assigned = e.Account
	case AmendmentRequested, AmendmentDeclined:
	default:
		h.acts = append(h.acts, standing{version: version, Act: act})
		if !beside(e) {
			h.stand(d, act)
		}
	}
}

// stand applies an act that stands to the state.
func (h *History[S]) stand(d Decider[S], act Act) {
	h.State = d.Evolve(h.State, act)
	h.unit = d.unitAfter(act, h.State, h.unit)
}

// unitAfter returns the unit to which a case belongs after an act that stands, by the state that it led to and where the case
// belonged before.
func (d Decider[S]) unitAfter(act Act, state S, before area.Code) area.Code {
	if d.Unit != nil {
		return d.Unit(state)
	}
	return cmp.Or(unitNamed(act.Event), before)
}

// where returns the unit to which the case belongs. One of which nothing remains lies where it lay.
func (h *History[S]) where() area.Code {
	unit := h.unit
	for i := 0; i < len(h.acts) && unit == ""; i++ {
		unit = unitNamed(h.acts[i].Event)
	}
	return unit
}

func (h *History[S]) find(version uint64) (standing, bool) {
	i := slices.IndexFunc(h.acts, func(s standing) bool { return s.version == version })
	if i < 0 {
		return standing{}, false
	}
	return h.acts[i], true
}

// pending tells whether a request about an act waits for approval.
func (h *History[S]) pending(version uint64) (request uint64, yes bool) {
	for _, r := range h.requests {
		if r.Version == version {
			return r.version, true
		}
	}
	return 0, false
}

// replace changes one act and folds the whole history again.
func (h *History[S]) replace(d Decider[S], version uint64, change func(*standing)) {
	h.acts = slices.Clone(h.acts) // a history may share its acts with the one it was copied from
	var fresh S
	h.State, h.unit = fresh, ""
	for i := range h.acts {
		if h.acts[i].version == version {
			change(&h.acts[i])
		}
		if !h.acts[i].voided && !beside(h.acts[i].Event) {
			h.stand(d, h.acts[i].Act)
		}
	}
}

var changesNothing = Rule{Code: "command.changes_nothing", Say: Text{"lệnh này không làm thay đổi gì", "this command would change nothing"}}

// decide answers a command against the history. Amendments and requests for them, assignments and attachments are decided here, alike for
// every case type.
func (h *History[S]) decide(d Decider[S], r Request) ([]Event, error) {
	if a, ok := r.Command.(amendment); ok {
		e, err := a.amend(h, r.Actor)
		if err != nil {
			return nil, err
		}
		if q, ok := e.(AmendmentRequested); ok {
			return []Event{e}, h.allowAmended(d, Act{q.would(), r.Occurred})
		}
		return []Event{e}, h.allowAmended(d, Act{e, r.Occurred})
	}
	if c, ok := r.Command.(Assign); ok {
		return h.assign(c)
	}
	if c, ok := r.Command.(Attach); ok {
		return h.attach(c)
	}
	events, err := d.Decide(h.State, r)
	if err != nil {
		return nil, err
	}
	state := h.State
	for _, e := range events {
		act := Act{e, r.Occurred}
		if err := d.Allow(state, act); err != nil {
			return nil, err
		}
		state = d.Evolve(state, act)
	}
	if len(events) == 0 {
		return nil, changesNothing.Refuse()
	}
	return events, nil
}

// allowAmended runs the case's rules over the acts that would remain.
func (h *History[S]) allowAmended(d Decider[S], amended Act) error {
	if _, declined := amended.Event.(AmendmentDeclined); declined {
		return nil // all that stood remains
	}
	after := *h
	after.apply(d, 0, amended)
	var state S
	for _, s := range after.acts {
		if s.voided || beside(s.Event) {
			continue
		}
		if err := d.Allow(state, s.Act); err != nil {
			refusal := breaksHistory.Refuse(s.Event.EventType(), s.Occurred)
			refusal.Err = err
			return refusal
		}
		state = d.Evolve(state, s.Act)
	}
	return nil
}
