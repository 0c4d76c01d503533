package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/google/uuid"

	"hoso/adapters/httpclient"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections"
	"hoso/projections/desk"
	"hoso/projections/history"
	"hoso/projections/report"
)

type historyCommand struct {
	storeFlags
	serverFlags
	Case   string `arg:"" name:"CASE" help:"<loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>."`
	At     string `help:"Tới một phiên bản (3), tới hết một ngày theo ngày của việc (2024-04-30), hoặc như đã biết tới một thời điểm (2024-04-30T17:00:00+07:00)." placeholder:"TIME|VERSION"`
	Format string `help:"table hoặc json." enum:"table,json" default:"table"`
}

// Run replays a case up to a version or a time and prints what happened and what state it led to.
func (c historyCommand) Run(ctx context.Context, e *env) error {
	a, h, err := c.replayed(ctx, e)
	if err != nil {
		return err
	}
	if c.Format == "json" {
		return writeJSON(e.out, h)
	}
	return a.writeHistory(e.out, h)
}

// replayed replays the case, and returns what knows its labels.
func (c historyCommand) replayed(ctx context.Context, e *env) (*app, history.History, error) {
	if c.remote() {
		return c.remoteHistory(ctx)
	}
	a, err := e.openCaughtUp(ctx, c.storeFlags)
	if err != nil {
		return nil, history.History{}, err
	}
	defer a.close()
	id, err := a.find(ctx, c.Case)
	if err != nil {
		return nil, history.History{}, err
	}
	at, err := a.moment(ctx, c.At)
	if err != nil {
		return nil, history.History{}, err
	}
	h, err := a.history.Case(ctx, id, at)
	return a, h, err
}

func (c historyCommand) remoteHistory(ctx context.Context) (*app, history.History, error) {
	caseType, name, err := split(c.Case)
	if err != nil {
		return nil, history.History{}, err
	}
	client, err := c.client()
	if err != nil {
		return nil, history.History{}, err
	}
	a, err := c.labels()
	if err != nil {
		return nil, history.History{}, err
	}
	at := desk.ParseAt(c.At)
	h, err := client.History(ctx, caseType, name, httpclient.Moment{Version: at.Version, AsOf: at.AsOf, On: at.On})
	return a, h, err
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

// moment reads --at. A number is a version of the case, a day is a business date, and a time is about what was known
// then: the two clocks of every event.
func (a *app) moment(ctx context.Context, s string) (at history.At, err error) {
	if n, err := strconv.ParseUint(s, 10, 64); err == nil && n > 0 {
		return history.At{Version: n}, nil
	}
	if d, err := calendar.ParseDate(s); err == nil {
		return history.At{Occurred: d}, nil
	}
	at.Position, err = projections.AsOf(ctx, a.views, s)
	return at, err
}

func (a *app) writeHistory(w io.Writer, h history.History) error {
	t, _ := a.catalog.Type(h.Type)
	fmt.Fprintf(w, "%s · %s · phiên bản %d\n", t.Label.Vi, h.Case, h.Version)
	rows := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(rows, "Số\tVị trí\tNgày\tViệc\tNgười ghi\tNội dung")
	for _, e := range h.Events {
		fmt.Fprintf(rows, "%d\t%s\t%s\t%s\t%s\t%s\n", e.Version, report.Number(int64(e.Position)), e.Occurred.Vietnamese(), a.catalog.EventLabel(e.Type).Vi, e.Actor.ID, a.told(h.Type, e))
	}
	if err := rows.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "Trạng thái: %s\n", contents(h.State))
	return err
}

// told writes what an event says. Of a correction that is what stood before and what stands now.
func (a *app) told(caseType string, e history.Event) string {
	verb := strings.TrimPrefix(e.Type, caseType)
	if !slices.Contains([]string{".corrected", ".voided", ".amendment_requested"}, verb) {
		return contents(e.Data)
	}
	var amended struct {
		Version             uint64
		Type                string
		Was, Now            act
		Requester, Approver string
		Request             uint64
		Reason              json.RawMessage
	}
	if json.Unmarshal(e.Data, &amended) != nil {
		return contents(e.Data)
	}
	parts := []string{fmt.Sprintf("việc %d (%s)", amended.Version, a.catalog.EventLabel(amended.Type).Vi)}
	if amended.Now.Data == nil {
		parts = append(parts, "không còn tính")
	} else {
		parts = append(parts, changes(amended.Was, amended.Now)...)
	}
	parts = append(parts, "lý do "+strings.Trim(string(amended.Reason), `"`))
	if verb == ".amendment_requested" {
		return "chờ duyệt: " + strings.Join(parts, "; ")
	}
	parts = append(parts, "đề nghị "+amended.Requester)
	if amended.Request != 0 {
		parts[len(parts)-1] += fmt.Sprintf(" (việc %d)", amended.Request)
	}
	parts = append(parts, "duyệt "+amended.Approver)
	return strings.Join(parts, "; ")
}

// act is an act inside a correction.
type act struct {
	Occurred calendar.Date
	Data     map[string]json.RawMessage
}

// changes lists the fields in which two acts differ, before and after.
func changes(was, now act) []string {
	var all []string
	if was.Occurred != now.Occurred {
		all = append(all, "ngày "+was.Occurred.Vietnamese()+" → "+now.Occurred.Vietnamese())
	}
	names := maps.Clone(was.Data)
	maps.Copy(names, now.Data)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if before, after := string(was.Data[name]), string(now.Data[name]); before != after {
			all = append(all, name+" "+shown(before)+" → "+shown(after))
		}
	}
	return all
}

func shown(value string) string {
	if value == "" {
		return "(trống)"
	}
	return strings.Trim(value, `"`)
}

// contents writes a JSON object on one line, its names in a certain order.
func contents(object json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(object, &fields) != nil {
		return string(object)
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		parts = append(parts, name+"="+clip(strings.Trim(string(fields[name]), `"`)))
	}
	return strings.Join(parts, " ")
}

// clip keeps a line a line: a published report stands whole in its event.
func clip(s string) string {
	const long = 160
	if r := []rune(s); len(r) > long {
		return string(r[:long]) + "…"
	}
	return s
}
