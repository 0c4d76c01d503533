package desk

import (
	"context"
	"slices"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// MaxRequests is through how many requests that wait a list of them looks at most, the oldest first.
const MaxRequests = 500

// Requested is a request to correct or void an act that waits for approval.
type Requested struct {
	Case     domain.StreamID `json:"case"`
	Unit     area.Code       `json:"unit,omitempty"` // of the case
	Request  uint64          `json:"request"`        // its number in the case
	Act      uint64          `json:"act"`            // which act it is about
	Type     string          `json:"type"`           // of that act
	Void     bool            `json:"void"`           // else it is to be corrected
	By       domain.Actor    `json:"by"`
	Occurred calendar.Date   `json:"occurred"`
	Recorded time.Time       `json:"recorded"`
	Changes  []domain.Change `json:"changes,omitempty"` // of what is private only that it changes
}

// Asked is a request with what is private in it: who approves has to see what.
type Asked struct {
	Requested
	Reason string `json:"reason,omitempty"`
}

// Requests returns what waits in cases where the caller may approve it, the oldest first. after is a position to wait for.
func (d *Desk) Requests(ctx context.Context, after domain.Ordinal) (all []Requested, err error) {
	c, err := caller(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := c.Where(right.Approve, ""); err != nil {
		return nil, err
	}
	from, err := d.reading(ctx, after)
	if err != nil {
		return nil, err
	}
	waiting, err := from.Amendments.Pending(ctx, 0, MaxRequests)
	if err != nil {
		return nil, err
	}
	var seen []domain.StreamID
	for _, w := range waiting {
		a := right.For(w.Case.Type + ".approve_amendment")
		if _, err := c.Where(a, w.Case.Type); err != nil || slices.Contains(seen, w.Case) {
			continue
		}
		seen = append(seen, w.Case)
		of, err := d.requested(ctx, w.Case)
		if err != nil {
			return nil, err
		}
		all = append(all, slices.DeleteFunc(of, func(r Requested) bool {
			return c.May(a, targetOf(c, a, r.Case.Type, r.Unit)) != nil || mayRead(ctx, r.Case.Type, r.Unit) != nil
		})...)
	}
	return all, nil
}

// RequestsOf returns what waits in a case, for who may read it.
func (d *Desk) RequestsOf(ctx context.Context, id domain.StreamID) ([]Requested, error) {
	if _, err := d.open(ctx, right.ReadCase, id); err != nil {
		return nil, err
	}
	return d.requested(ctx, id)
}

func (d *Desk) requested(ctx context.Context, id domain.StreamID) (all []Requested, err error) {
	waiting, err := d.sealedRequests(ctx, id)
	for _, w := range waiting {
		all = append(all, w.Requested)
	}
	return all, err
}

// askedOf returns what waits in a case about a person, opened.
func (d *Desk) askedOf(ctx context.Context, id domain.StreamID, who domain.PersonID) (all []Asked, err error) {
	waiting, err := d.sealedRequests(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, w := range waiting {
		if w.event.Subject() != who {
			continue
		}
		opened, err := d.Codec.Open(ctx, w.event)
		if err != nil {
			return nil, err
		}
		e := opened.(domain.AmendmentRequested)
		w.Changes = e.Changes()
		all = append(all, Asked{w.Requested, shown(e.Reason)})
	}
	return all, nil
}

type sealedRequest struct {
	Requested
	event domain.AmendmentRequested
}

func (d *Desk) sealedRequests(ctx context.Context, id domain.StreamID) (all []sealedRequest, err error) {
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil {
		return nil, err
	}
	t, _ := d.Catalog.Type(id.Type)
	unit := t.Summarize(events).Brief().Unit
	for _, e := range events {
		if a, ok := e.Event.(domain.AmendmentRequested); ok {
			all = append(all, sealedRequest{Requested{id, unit, e.Version, a.Version, a.Was.Event.EventType(), a.Now == nil, e.Meta.Actor, e.Meta.Occurred, e.Meta.Recorded, a.Changes()}, a})
		}
		if answered := domain.Answers(e.Event); answered != 0 {
			all = slices.DeleteFunc(all, func(r sealedRequest) bool { return r.Request == answered })
		}
	}
	return all, nil
}
