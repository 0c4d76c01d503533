package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// listing is the events of the log that fit, the latest first.
type listing struct {
	CaseType, Type   string
	On, Until        string // days on which they happened
	Case             string
	Before           domain.Ordinal
	Events           []listed
	Next             domain.Ordinal // look on from here; 0: this is all
	Looked           domain.Ordinal // how many were looked through
	Types            []domain.CaseType
	Kinds            []domain.EventType // of the case type that is chosen
	lang             Lang
	from, to         calendar.Date
	position, lately domain.Ordinal
}

// listed is an event in a list.
type listed struct {
	Position domain.Ordinal
	Case     domain.StreamID
	Version  uint64
	Label    domain.Text
	Occurred calendar.Date
	Recorded time.Time
}

// A page looks through so many events at most: a rare one is looked for page by page, and no page takes long.
const (
	listedOnPage    = 100
	lookedThrough   = 50_000
	eventsSelection = `SELECT ordinal, c.name, case_id, version, t.name, occurred, recorded FROM events e
		JOIN names c ON c.id = e.case_type JOIN names t ON t.id = e.type WHERE ordinal < ? AND ordinal >= ?`
)

func events(a *Ask) (any, error) {
	l, err := a.listing()
	if err != nil {
		return nil, err
	}
	if len(l.Types) == 0 {
		return nil, a.May(Audit, "", "")
	}
	where, args := "", []any{int64(l.position), int64(l.lately)}
	also := func(condition string, arg any) { where, args = where+" AND "+condition, append(args, arg) }
	names := []string{"''"}
	for _, t := range l.Types {
		if l.CaseType == "" || l.CaseType == t.Name {
			names = append(names, "'"+t.Name+"'") // lower case letters: see domain.CaseType
		}
	}
	where = " AND c.name IN (" + strings.Join(names, ",") + ")"
	if l.Type != "" {
		also("t.name = ?", l.Type)
	}
	if l.from != 0 {
		also("occurred >= ?", int64(l.from))
	}
	if l.to != 0 {
		also("occurred <= ?", int64(l.to))
	}
	if l.Case != "" {
		id, err := caseID(l.Case)
		if err != nil {
			return nil, err
		}
		also("case_id = ?", id[:])
	}
	rows, err := a.Views.DB.QueryContext(a.Context(), eventsSelection+where+" ORDER BY ordinal DESC LIMIT ?", append(args, listedOnPage+1)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var e listed
		var id []byte
		var name string
		var recorded int64
		if err := rows.Scan(&e.Position, &e.Case.Type, &id, &e.Version, &name, &e.Occurred, &recorded); err != nil {
			return nil, err
		}
		copy(e.Case.ID[:], id)
		e.Recorded, e.Label = time.UnixMicro(recorded), eventLabel(a.Catalog, e.Case.Type, name)
		l.Events = append(l.Events, e)
	}
	if len(l.Events) > listedOnPage {
		l.Events = l.Events[:listedOnPage]
		l.Next = l.Events[listedOnPage-1].Position
	} else if l.lately > 1 {
		l.Next = l.lately
	}
	l.Looked = l.position - l.lately
	return l, rows.Err()
}

// listing reads what is looked for.
func (a *Ask) listing() (l listing, err error) {
	v := a.URL.Query()
	l = listing{CaseType: v.Get("case-type"), Type: v.Get("type"), On: v.Get("from"), Until: v.Get("until"), Case: v.Get("case"), lang: a.Lang}
	for _, t := range a.Catalog.Types {
		if a.May(Audit, t.Name, "") == nil { // a list has no units: who audits some of them opens cases one by one
			l.Types = append(l.Types, t)
		}
	}
	for s, to := range map[string]*calendar.Date{l.On: &l.from, l.Until: &l.to} {
		if s == "" {
			continue
		}
		if *to, err = calendar.ParseDate(s); err != nil {
			return l, domain.Malformed("data.ill_typed", "from", "cần ngày có thật dạng YYYY-MM-DD")
		}
	}
	if t, ok := a.Catalog.Type(l.CaseType); ok {
		l.Kinds = t.Events
	}
	if !slices.ContainsFunc(l.Kinds, func(e domain.EventType) bool { return e.Name == l.Type }) && l.Type != l.CaseType+".corrected" && l.Type != l.CaseType+".voided" {
		l.Type = "" // that of a case type chosen before
	}
	l.position = a.Views.At() + 1
	if s := v.Get("before"); s != "" {
		n, err := strconv.ParseUint(s, 10, 63)
		if err != nil {
			return l, domain.Malformed("asof.malformed", "before", "cần một vị trí của nhật ký")
		}
		l.Before = domain.Ordinal(n)
		l.position = min(l.position, l.Before)
	}
	l.lately = 1
	if l.position > lookedThrough {
		l.lately = l.position - lookedThrough
	}
	return l, nil
}

// More is the address at which the list goes on.
func (l listing) More() string {
	v := url.Values{"before": {fmt.Sprint(uint64(l.Next))}}
	for name, value := range map[string]string{"case-type": l.CaseType, "type": l.Type, "from": l.On, "until": l.Until, "case": l.Case} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/kiem-tra/su-kien?" + v.Encode()
}

// caseID reads the id of a case, with or without its type.
func caseID(s string) (uuid.UUID, error) {
	if id, err := domain.ParseStreamID(s); err == nil {
		return id.ID, nil
	}
	id, err := uuid.Parse(s)
	if err != nil {
		return id, domain.Malformed("case.malformed", "case", "hồ sơ cần dạng <loại>-<uuid> hoặc một uuid")
	}
	return id, nil
}
