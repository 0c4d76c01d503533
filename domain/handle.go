package domain

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"hoso/domain/area"
)

// officeKeyOwner owns the key that seals private text in cases about nobody (a register of documents).
var officeKeyOwner = uuid.MustParse("00000000-0000-8000-8000-686f736f0000")

// maxDecisions is how often a command is decided again because others were faster. Each time somebody else made
// progress, so only a case under constant fire gets here.
const maxDecisions = 200

// Handler decides commands and appends what they decide.
type Handler struct {
	// Observe is told how each command ended, in the goroutine of its caller. It may be nil; set it before the first one.
	Observe func(Request, Outcome, error)

	catalog *Catalog
	codec   *Codec
	log     EventLog
	keys    Keys
	clock   Clock
	recent  *recent
	kept    Retention
}

// NewHandler returns a handler over a log.
func NewHandler(catalog *Catalog, log EventLog, keys Keys, clock Clock) *Handler {
	return &Handler{catalog: catalog, codec: catalog.Codec(keys), log: log, keys: keys, clock: clock, recent: newRecent(recentCases)}
}

// Retention knows whose dossiers law has kept for ever.
type Retention interface {
	// Kept returns the cases of types with a [CaseType.Kept] rule in which a person is, under any record that is linked
	// with it: as of every append that was acknowledged before the call.
	Kept(ctx context.Context, person PersonID) ([]StreamID, error)
}

// Retain has the handler refuse to erase whom r keeps. It is called before the first command; without it nobody is kept.
func (h *Handler) Retain(r Retention) { h.kept = r }

// Outcome is the answer to a command: where its events lie. A repeated command gets the answer of the first time.
type Outcome struct {
	Case        StreamID
	First, Last uint64 // versions of the command's events
	Position    Cursor // of the last one; a view that has passed it shows the command's effect
	// Repeated says that the command was found in the case's history. Where it is false it may still be a repetition: one
	// that the log recognised by itself, and to which it gave the first answer.
	Repeated bool
	// Unit is where the case belongs as of its version Placed, which is 0 where that is not told.
	Unit   area.Code
	Placed uint64
}

// Handle loads the case, decides and appends; where another command was faster it decides again on what that one
// left. Success means durable. Errors: Rejected (the rules say no), Conflict (the id was used for other content, or
// too many others at once), Stale (the case is not at the version that the request expects), and what the log answers; after those the same request may simply be sent again.
func (h *Handler) Handle(ctx context.Context, r Request) (Outcome, error) {
	e, erases := r.Command.(Eraser)
	if erases {
		if err := h.keep(ctx, e.Erases(r)); err != nil {
			return Outcome{}, err
		}
	}
	out, err := h.handle(ctx, r)
	if erases && err == nil {
		// A dossier may have come meanwhile. Then the key stays: what is destroyed never comes back.
		err = h.keep(ctx, e.Erases(r))
	}
	if erases && err == nil {
		// The event comes first: if we die in between, the repeated command destroys the key.
		if who := e.Erases(r); !who.IsZero() {
			err = h.keys.Destroy(ctx, who)
		}
	}
	if h.Observe != nil {
		h.Observe(r, out, err)
	}
	return out, err
}

// keep refuses to erase somebody whom law keeps.
func (h *Handler) keep(ctx context.Context, person PersonID) error {
	if h.kept == nil {
		return nil
	}
	cases, err := h.kept.Kept(ctx, person)
	if err != nil {
		return fmt.Errorf("look for dossiers that are kept: %w", err)
	}
	for _, id := range cases {
		if t, ok := h.catalog.Type(id.Type); ok && t.Kept != nil {
			return t.Kept.Refuse(id)
		}
	}
	return nil
}

// Eraser is a command after which a person's key is destroyed; that of nobody is none.
type Eraser interface{ Erases(Request) PersonID }

func (h *Handler) handle(ctx context.Context, r Request) (Outcome, error) {
	t, ok := h.catalog.Type(r.Case.Type)
	if !ok {
		return Outcome{}, unknownType(r.Case)
	}
	if r.ID == uuid.Nil { // two of them would be taken for one
		return Outcome{}, Malformed("command.no_id", "id", "thiếu mã lệnh")
	}
	if f := h.recent.take(r.Case); f != nil {
		if events, err := f.decide(r); err == nil && !knows(f, r.ID) && r.expects(f.end()) {
			if out, err := h.append(ctx, r, f, events); err == nil {
				return out, nil
			}
		} // what is refused, repeated or failed here is decided on what the log says
	} else {
		f := t.rules.empty()
		// Most commands that an empty case would take are the first of a new case. They need no loading: the append
		// is conditional on the case not being there.
		if events, err := f.decide(r); err == nil && r.expects(f.end()) {
			out, err := h.append(ctx, r, f, events)
			if !errors.Is(err, ErrConflict) && !errors.Is(err, ErrErased) { // it may be a repeated one, from before the erasure
				return out, err
			}
		}
	}
	for range maxDecisions {
		f, err := h.load(ctx, t, r.Case, everything, nobody)
		if err != nil {
			return Outcome{}, err
		}
		if o, ok := f.outcome(r.ID); ok {
			return repeated(r, o, f)
		}
		if !r.expects(f.end()) {
			return Outcome{}, versionChanged(f.end().Version)
		}
		events, err := f.decide(r)
		if err != nil {
			return Outcome{}, err
		}
		out, err := h.append(ctx, r, f, events)
		if !errors.Is(err, ErrConflict) {
			return out, err
		}
	}
	return Outcome{}, &Error{Kind: Conflict, Code: "case.too_busy", Msg: "quá nhiều người cùng cập nhật hồ sơ này; hãy thử lại"}
}

func (r Request) expects(end Tail) bool { return r.Expect == 0 || r.Expect == end.Version }

// versionChanged says that the case has moved on since whoever asks looked at it.
func versionChanged(version uint64) error {
	return &Error{Kind: Stale, Code: "case.version_changed",
		Msg: fmt.Sprintf("hồ sơ đã có thay đổi, nay là phiên bản %d; hãy xem lại rồi gửi lại", version),
		En:  fmt.Sprintf("the case has changed and is at version %d now; look at it again before sending", version)}
}

func repeated(r Request, o outcome, f folded) (Outcome, error) {
	if o.fingerprint != r.Fingerprint {
		return Outcome{}, &Error{Kind: Conflict, Code: "command.id_reused", Field: "id",
			Msg: "mã lệnh này đã dùng cho một nội dung khác"}
	}
	return Outcome{Case: r.Case, First: o.first, Last: o.last, Position: o.position, Repeated: true, Unit: f.where(), Placed: f.end().Version}, nil
}

func knows(f folded, command uuid.UUID) bool {
	_, ok := f.outcome(command)
	return ok
}

// append writes what was decided on a history, and remembers the history with it.
func (h *Handler) append(ctx context.Context, r Request, f folded, events []Event) (Outcome, error) {
	tail := f.end()
	meta := Meta{
		Actor: r.Actor, Command: r.ID, Fingerprint: r.Fingerprint, Occurred: r.Occurred,
		Correlation: orElse(r.Correlation, r.ID), Causation: orElse(r.Causation, r.ID),
		Recorded: h.clock().UTC().Truncate(time.Microsecond),
	}
	drafts := make([]Draft, len(events))
	for i, e := range events {
		// A view never skips an event, so one that it could not count must not get into the log.
		if _, err := h.catalog.Contributions(r.Case.Type, Act{e, r.Occurred}); err != nil {
			return Outcome{}, &Error{Kind: Invalid, Code: "event.uncountable", Msg: "nội dung không khớp với danh mục chỉ tiêu", Err: err}
		}
		name, schema, data, err := h.codec.Encode(ctx, e)
		if err != nil {
			return Outcome{}, err
		}
		drafts[i] = Draft{EventID(r.ID, r.Fingerprint, i), name, schema, meta, data}
	}
	end, err := h.log.Append(ctx, r.Case, tail, drafts...)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{Case: r.Case, First: tail.Version + 1, Last: end.Version, Position: end.Position}
	if h.follow(f, r.Case, tail, end, drafts) {
		out.Unit, out.Placed = f.where(), end.Version
		if _, erases := r.Command.(Eraser); !erases {
			h.recent.put(r.Case, f)
		}
	}
	return out, nil
}

// follow adds to a history what was appended to it, as a loading would find it: with what is private sealed. What cannot be read
// is loaded the next time, and then somebody is there to be told.
func (h *Handler) follow(f folded, id StreamID, tail, end Tail, drafts []Draft) bool {
	for i, d := range drafts {
		event, err := h.codec.Decode(d.Type, d.Schema, d.Data)
		if err != nil {
			return false
		}
		f.record(Recorded{id, tail.Version + uint64(i) + 1, end.Position, d}, Act{event, d.Meta.Occurred})
	}
	return true
}

func orElse(id, other uuid.UUID) uuid.UUID {
	if id == uuid.Nil {
		return other
	}
	return id
}

// Replay returns the events of a case that keep takes, and the state that they add up to; no events where the case has
// none that it takes.
func (h *Handler) Replay(ctx context.Context, id StreamID, keep func(Recorded) bool) (state any, events []Replayed, err error) {
	t, ok := h.catalog.Type(id.Type)
	if !ok {
		return nil, nil, unknownType(id)
	}
	f, err := h.load(ctx, t, id, keep, func(e Recorded, event Event) { events = append(events, Replayed{e, event}) })
	if err != nil {
		return nil, nil, err
	}
	return f.state(), events, nil
}

// load folds the events of a case that keep takes, and shows each to see.
func (h *Handler) load(ctx context.Context, t CaseType, id StreamID, keep func(Recorded) bool, see func(Recorded, Event)) (folded, error) {
	f := t.rules.empty()
	for e, err := range h.log.Read(ctx, id, 0) {
		if err != nil {
			return nil, err
		}
		if !keep(e) {
			continue
		}
		event, err := h.codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return nil, fmt.Errorf("%s version %d: %w", id, e.Version, err)
		}
		f.record(e, Act{event, e.Meta.Occurred})
		see(e, event)
	}
	return f, nil
}

func everything(Recorded) bool { return true }

func nobody(Recorded, Event) {}

func unknownType(id StreamID) error {
	return &Error{Kind: NotFound, Code: "case.unknown_type", Msg: "không có loại hồ sơ " + clip(id.Type)}
}

// Replayed is an event of a case, stored and decoded.
type Replayed struct {
	Recorded
	Event Event
}
