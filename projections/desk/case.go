package desk

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/history"
)

// Case is a case up to some moment, and the unit to which it belongs now. What is private in it is not shown.
type Case struct {
	history.History
	Unit area.Code `json:"unit,omitempty"`
}

// Moment says up to when to replay a case; what is set must hold all together.
type Moment struct {
	Version uint64 // of the case
	AsOf    string // as known at a position, a day or a time
	On      string // up to a day, by the day of the acts
	After   domain.Ordinal
}

// Find returns the id of a case that somebody names: the id, or a reference of the office.
func (d *Desk) Find(ctx context.Context, caseType, name string) (domain.StreamID, error) {
	if _, known := d.Catalog.Type(caseType); !known {
		return domain.StreamID{}, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Field: "type", Msg: "không có loại hồ sơ này"}
	}
	if strings.TrimSpace(name) == "" || len(name) > maxReference {
		return domain.StreamID{}, errNoCase
	}
	id := domain.StreamID{Type: caseType, ID: d.Names.Case(caseType, name)}
	if caseType != people {
		return id, nil
	}
	who, known, err := d.People.Person(ctx, id.ID)
	if known {
		id.ID = who.UUID
	}
	return id, err
}

// maxReference is how long, in bytes, the name of a case may be.
const maxReference = 200

var errNoCase = &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này, hoặc hồ sơ không thuộc đơn vị và loại mà tài khoản được xem",
	En: "there is no such case, or it is not of a unit and type that the account may see"}

// Case replays a case that the caller may read. One that he may not read answers like one that does not exist.
func (d *Desk) Case(ctx context.Context, caseType, name string, m Moment) (Case, error) {
	return d.replay(ctx, right.ReadCase, caseType, name, m)
}

// Audited is [Desk.Case] for who audits.
func (d *Desk) Audited(ctx context.Context, caseType, name string, m Moment) (Case, error) {
	return d.replay(ctx, right.Audit, caseType, name, m)
}

func (d *Desk) replay(ctx context.Context, a right.Action, caseType, name string, m Moment) (Case, error) {
	if err := somewhere(ctx, a, caseType); err != nil {
		return Case{}, err
	}
	from, err := d.reading(ctx, m.After) // the people whom a write registered are found then
	if err != nil {
		return Case{}, err
	}
	id, err := d.Find(ctx, caseType, name)
	if err != nil {
		return Case{}, err
	}
	unit, err := d.open(ctx, a, id)
	if err != nil {
		return Case{}, err
	}
	at, err := m.at(ctx, from.DB)
	if err != nil {
		return Case{}, err
	}
	h, err := from.History.Case(ctx, id, at)
	if errors.Is(err, projections.ErrCatchingUp) { // somebody has just written to it
		if err = d.caughtUp(ctx); err == nil {
			h, err = from.History.Case(ctx, id, at)
		}
	}
	return Case{h, unit}, err
}

// open returns the unit of a case to which the caller may do something. A case that is none, and one that the caller must not
// know of, are the same: [errNoCase].
func (d *Desk) open(ctx context.Context, a right.Action, id domain.StreamID) (area.Code, error) {
	if err := somewhere(ctx, a, id.Type); err != nil {
		return "", err
	}
	unit, exists, err := d.unitOf(ctx, id)
	if err != nil {
		return "", err
	}
	c, err := caller(ctx)
	if err != nil {
		return "", err
	}
	if !exists || c.May(a, targetOf(c, a, id.Type, unit)) != nil {
		return "", errNoCase
	}
	return unit, nil
}

func (m Moment) at(ctx context.Context, db *sql.DB) (at history.At, err error) {
	at.Version = m.Version
	if m.On != "" {
		if at.Occurred, err = calendar.ParseDate(m.On); err != nil {
			return at, domain.Malformed("history.not_a_date", "on", "không phải ngày có thật dạng YYYY-MM-DD")
		}
	}
	at.Position, err = projections.AsOf(ctx, db, m.AsOf)
	return at, err
}

// ParseAt reads the one word in which the command line names a moment: a version of the case (3), a day by the day of the
// acts (2024-04-30), or a time at which something was known.
func ParseAt(s string) (m Moment) {
	if n, err := strconv.ParseUint(s, 10, 64); err == nil && n > 0 {
		return Moment{Version: n}
	}
	if _, err := calendar.ParseDate(s); err == nil {
		return Moment{On: s}
	}
	return Moment{AsOf: s}
}
