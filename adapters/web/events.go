package web

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/desk"
)

// listing is the events of the log that fit, the latest first.
type listing struct {
	CaseType, Type string
	On, Until      string // days on which they happened
	Case, By       string
	Area           area.Code
	Units          []unit
	Before         domain.Ordinal
	Events         []listed
	Next           domain.Ordinal // look on from here; 0: this is all
	Looked         domain.Ordinal // how many were looked through
	Types          []domain.CaseType
	Kinds          []kindOfEvent // of the case type that is chosen
}

// listed is an event in a list.
type listed struct {
	desk.CaseChange
	Label domain.Text
}

// listedOnPage is how many events, or readings, a page lists.
const listedOnPage = 100

func events(a *Ask) (any, error) {
	l, search, err := a.listing()
	if err != nil {
		return nil, err
	}
	page, err := a.Desk.Events(a.Context(), search)
	for _, e := range page.Events {
		l.Events = append(l.Events, listed{e, a.Catalog.EventLabel(e.Type)})
	}
	l.Next, l.Looked = page.Next, page.Looked
	return l, err
}

// listing reads what is looked for.
func (a *Ask) listing() (l listing, s desk.EventSearch, err error) {
	v := a.URL.Query()
	l = listing{CaseType: v.Get("case-type"), Type: v.Get("type"), On: v.Get("from"), Until: v.Get("until"), Case: v.Get("case"),
		By: strings.TrimSpace(v.Get("by")), Area: area.Code(v.Get("area")), Units: a.units()}
	if l.Types, err = a.Desk.AuditedTypes(a.Context()); err != nil {
		return l, s, err
	}
	if l.Area != "" && !area.Known(l.Area) {
		return l, s, domain.Malformed("figures.no_such_area", "area", "không có đơn vị hành chính với mã này")
	}
	s = desk.EventSearch{CaseType: l.CaseType, By: l.By, Unit: l.Area, Limit: listedOnPage}
	for said, to := range map[string]*calendar.Date{l.On: &s.From, l.Until: &s.To} {
		if said == "" {
			continue
		}
		if *to, err = calendar.ParseDate(said); err != nil {
			return l, s, domain.Malformed("data.ill_typed", "from", "cần ngày có thật dạng YYYY-MM-DD")
		}
	}
	if t, ok := a.Catalog.Type(l.CaseType); ok {
		l.Kinds = kindsOfEvents(a.Catalog, t)
	}
	if !slices.ContainsFunc(l.Kinds, func(k kindOfEvent) bool { return k.Name == l.Type }) {
		l.Type = "" // that of a case type chosen before
	}
	s.Type = l.Type
	if said := v.Get("before"); said != "" {
		n, err := strconv.ParseUint(said, 10, 63)
		if err != nil {
			return l, s, domain.Malformed("asof.malformed", "before", "cần một vị trí của nhật ký")
		}
		l.Before, s.Before = domain.Ordinal(n), domain.Ordinal(n)
	}
	if l.Case != "" {
		s.Case, err = caseID(l.Case)
	}
	return l, s, err
}

// kindOfEvent is a kind of event to choose from.
type kindOfEvent struct {
	Name  string
	Label domain.Text
}

// kindsOfEvents are those that a case type declares, and those that every one has.
func kindsOfEvents(c *domain.Catalog, t domain.CaseType) (all []kindOfEvent) {
	names := make([]string, 0, len(t.Events)+6)
	for _, e := range t.Events {
		names = append(names, e.Name)
	}
	for _, every := range domain.CommonEvents() {
		names = append(names, t.Name+every.End)
	}
	for _, name := range names {
		all = append(all, kindOfEvent{name, c.EventLabel(name)})
	}
	return all
}

// More is the address at which the list goes on.
func (l listing) More() string {
	v := url.Values{"before": {fmt.Sprint(uint64(l.Next))}}
	for name, value := range map[string]string{"case-type": l.CaseType, "type": l.Type, "from": l.On, "until": l.Until, "case": l.Case, "by": l.By, "area": string(l.Area)} {
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
