package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
	"hoso/projections/report"
)

type historyCommand struct {
	dataFlag
	Case   string `arg:"" name:"CASE" help:"<loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>."`
	At     string `help:"Hồ sơ như đã biết tới một phiên bản, ngày hoặc thời điểm." placeholder:"TIME|VERSION"`
	Format string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// history is one case, replayed.
type history struct {
	Case    domain.StreamID `json:"case"`
	Type    string          `json:"type"`
	Version uint64          `json:"version"`
	State   any             `json:"state"`
	Events  []happened      `json:"events"`
}

type happened struct {
	Version  uint64         `json:"version"`
	Position domain.Ordinal `json:"position"`
	Type     string         `json:"type"`
	Occurred calendar.Date  `json:"occurred"`
	Recorded time.Time      `json:"recorded"`
	Actor    domain.Actor   `json:"actor"`
	Data     map[string]any `json:"data"`
}

// Run replays a case up to a version or a time and prints what happened and what state it led to.
func (c historyCommand) Run(ctx context.Context, e *env) error {
	a, err := e.openCaughtUp(ctx, c.Data)
	if err != nil {
		return err
	}
	defer a.close()
	id, err := a.find(ctx, c.Case)
	if err != nil {
		return err
	}
	h, err := a.history(ctx, id, c.At)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, h)
	}
	return a.writeHistory(e.out, h)
}

var errNoCase = &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này"}

// find reads the name of a case: the whole id, the uuid alone, or what the office calls it.
func (a *app) find(ctx context.Context, name string) (domain.StreamID, error) {
	if id, err := domain.ParseStreamID(name); err == nil {
		return id, nil
	}
	if caseType, reference, ok := strings.Cut(name, "/"); ok {
		if _, known := a.catalog.Type(caseType); !known {
			return domain.StreamID{}, &domain.Error{Kind: domain.NotFound, Code: "case.unknown_type", Msg: "không có loại hồ sơ này"}
		}
		id := domain.StreamID{Type: caseType, ID: a.names.Case(caseType, reference)}
		if caseType == "person" {
			who, known, err := a.people.Person(ctx, id.ID)
			if known {
				id.ID = who.UUID
			}
			return id, err
		}
		return id, nil
	}
	id, err := uuid.Parse(name)
	if err != nil {
		return domain.StreamID{}, &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "hồ sơ cần dạng <loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>"}
	}
	for _, t := range a.catalog.Types {
		for _, err := range a.log.Read(ctx, domain.StreamID{Type: t.Name, ID: id}, 0) {
			return domain.StreamID{Type: t.Name, ID: id}, err
		}
	}
	return domain.StreamID{}, errNoCase
}

func (a *app) history(ctx context.Context, id domain.StreamID, at string) (history, error) {
	tx, err := a.views.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return history{}, err
	}
	defer func() { _ = tx.Rollback() }()
	version, known := ^uint64(0), ^domain.Ordinal(0)
	if n, err := strconv.ParseUint(at, 10, 64); err == nil {
		version = n
	} else if at != "" {
		if known, err = projections.AsOf(ctx, a.views, at); err != nil {
			return history{}, err
		}
	}
	h := history{Case: id, Type: id.Type, Events: []happened{}}
	var lost error
	state, events, err := a.handler.Replay(ctx, id, func(r domain.Recorded) bool {
		n, err := projections.OrdinalOf(ctx, tx, r.Position)
		if err != nil {
			lost = err
		}
		if err != nil || r.Version > version || n > known {
			return false
		}
		h.Version = r.Version
		h.Events = append(h.Events, happened{r.Version, n, r.Type, r.Meta.Occurred, r.Meta.Recorded, r.Meta.Actor, open(r.Data)})
		return true
	})
	h.State = state
	switch {
	case err != nil:
		return h, err
	case lost != nil:
		return h, lost
	case len(events) == 0:
		return h, errNoCase
	}
	return h, nil
}

// open reads an event's data for showing; what is private stays private.
func open(data []byte) map[string]any {
	var m map[string]any
	d := json.NewDecoder(strings.NewReader(string(data)))
	d.UseNumber()
	_ = d.Decode(&m) // the replay has decoded it already
	hide(m)
	return m
}

func hide(m map[string]any) {
	for name, v := range m {
		inner, ok := v.(map[string]any)
		if !ok {
			continue
		}
		if _, sealed := inner["sealed"]; sealed && len(inner) == 1 {
			m[name] = domain.Private[string]{}.String()
			continue
		}
		hide(inner)
	}
}

func (a *app) writeHistory(w io.Writer, h history) error {
	t, _ := a.catalog.Type(h.Type)
	fmt.Fprintf(w, "%s · %s · phiên bản %d\n", t.Label.Vi, h.Case, h.Version)
	rows := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(rows, "Số\tVị trí\tNgày\tViệc\tNgười ghi\tNội dung")
	for _, e := range h.Events {
		fmt.Fprintf(rows, "%d\t%s\t%s\t%s\t%s\t%s\n", e.Version, report.Number(int64(e.Position)), e.Occurred.Vietnamese(), a.eventLabel(h.Type, e.Type), e.Actor.ID, contents(e.Data))
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	b, err := json.Marshal(h.State)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "Trạng thái: %s\n", contents(open(b)))
	return err
}

// contents writes data on one line, in a certain order.
func contents(data map[string]any) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(data)) {
		v, err := json.Marshal(data[name])
		if err != nil {
			v = []byte("?")
		}
		parts = append(parts, name+"="+strings.Trim(string(v), `"`))
	}
	return strings.Join(parts, " ")
}
