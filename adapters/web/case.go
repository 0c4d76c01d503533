package web

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/projections/desk"
	"hoso/projections/history"
	"hoso/projections/worklist"
)

// file of a case: everything that its page shows.
type dossier struct {
	row
	Due      []term
	Possible []domain.CommandType // can be given now
	Amends   []domain.CommandType // correct or void what was recorded, or request it
	Voids    string               // the command by which a void is made or requested; none: neither
	Asked    []asked              // what waits for approval
	Refused  []refused
	Says     []pair // the state at the moment that is shown
	Events   []happened
	Shown    uint64 // the version that is shown
	Now      uint64 // the last one
	Past     bool   // an earlier moment is shown
	Done     uint64 // the version that was just recorded
	Draft    []draft
	Papers   attachments
	Form     refusal // of a form of the page
	lang     Lang
}

// term is something that the case waits for.
type term struct {
	domain.Due
	Left int
}

// happened is an event of the case.
type happened struct {
	history.Event
	Label domain.Text
	Says  []pair
	Late  int // days between what happened and its recording
	Amend bool
	Will  bool // it is later than the moment that is shown
}

// Title implements titled.
func (d dossier) Title(l Lang) string { return text{d.Type.Label.Vi, d.Type.Label.En}.In(l) }

// readCase returns the case that the address names, for who may read it.
func (a *Ask) readCase() (row, error) {
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return row{}, err
	}
	c, err := a.Desk.Listed(a.Context(), id)
	if err != nil {
		return row{}, err
	}
	rows, err := a.rows([]worklist.Case{c})
	if err != nil {
		return row{}, err
	}
	return rows[0], nil
}

func openCase(a *Ask) (any, error) {
	r, err := a.readCase()
	if err != nil {
		return nil, err
	}
	id := r.Case.Case
	d := dossier{row: r, lang: a.Lang, Form: a.Refused}
	d.Done, _ = strconv.ParseUint(a.URL.Query().Get("done"), 10, 64)
	if d.Due, err = a.terms(a.Context(), id); err != nil {
		return nil, err
	}
	possible, err := a.Desk.Possible(a.Context(), id, a.today())
	if err != nil {
		return nil, err
	}
	d.offer(possible)
	if d.Asked, err = a.askedOf(id); err != nil {
		return nil, err
	}
	d.Draft = slices.DeleteFunc(a.drafts.of(a.Who.Account), func(one draft) bool { return one.Case != id.ID.String() })
	if err := a.replay(&d, id); err != nil {
		return nil, err
	}
	d.Papers, err = a.attachedTo(r, d.Shown)
	return d, err
}

// refused are commands that are of no use now, all for one reason.
type refused struct {
	Why      *domain.Error
	Commands []domain.CommandType
}

// offer sorts what the desk says of the commands: what can be given, and the rest by its reasons. Assigning has a form of its own.
func (d *dossier) offer(possible []domain.Possibility) {
	for _, p := range possible {
		_, verb, _ := strings.Cut(p.Command.Name, ".")
		n := slices.IndexFunc(d.Refused, func(r refused) bool { return p.Why != nil && r.Why.Code == p.Why.Code && r.Why.Msg == p.Why.Msg })
		switch {
		case n >= 0:
			d.Refused[n].Commands = append(d.Refused[n].Commands, p.Command)
		case p.Why != nil:
			d.Refused = append(d.Refused, refused{p.Why, []domain.CommandType{p.Command}})
		case slices.Contains([]string{"request_amendment", "correct", "void"}, verb):
			d.Amends = append(d.Amends, p.Command)
			if verb == "void" || verb != "correct" && d.Voids == "" {
				d.Voids = p.Command.Name
			}
		case !p.Command.Common:
			d.Possible = append(d.Possible, p.Command)
		}
	}
}

func (a *Ask) terms(ctx context.Context, id domain.StreamID) (all []term, err error) {
	due, err := a.Desk.Due(ctx, id)
	for _, d := range due {
		all = append(all, term{d, a.today().DaysUntil(d.By)})
	}
	return all, err
}

// replay shows the case at the version that the address names, and what the last act until then changed.
func (a *Ask) replay(d *dossier, id domain.StreamID) error {
	now, err := a.history(id, 0)
	if err != nil {
		return err
	}
	d.Now, d.Shown = now.Version, now.Version
	shownNow := now
	if v, err := strconv.ParseUint(a.URL.Query().Get("v"), 10, 64); err == nil && v > 0 && v < now.Version {
		if shownNow, err = a.history(id, v); err != nil {
			return err
		}
		d.Shown, d.Past = v, true
	}
	words := labelsOf(d.Type, d.Opened, a.Lang)
	words.said = []string{"opened"}
	d.Says = words.pairs(shownNow.State)
	if d.Shown > 1 {
		before, err := a.history(id, d.Shown-1)
		if err != nil {
			return err
		}
		mark(d.Says, words.pairs(before.State))
	}
	for _, e := range slices.Backward(now.Events) {
		d.Events = append(d.Events, a.happened(d.Type, words, e, d.Shown))
	}
	return nil
}

// history replays the case up to a version; 0 is the last one.
func (a *Ask) history(id domain.StreamID, version uint64) (history.History, error) {
	c, err := a.Desk.Case(a.Context(), id.Type, id.ID.String(), desk.Moment{Version: version})
	return c.History, err
}

// mark marks what was not so before.
func mark(now, before []pair) {
	was := map[string]string{}
	for _, p := range before {
		was[p.Name] = p.Value
	}
	for i := range now {
		now[i].Fresh = was[now[i].Name] != now[i].Value
	}
}

func (a *Ask) happened(t domain.CaseType, words labels, e history.Event, until uint64) happened {
	h := happened{Event: e, Label: a.Catalog.EventLabel(e.Type), Will: e.Version > until}
	h.Late = e.Occurred.DaysUntil(calendar.On(e.Recorded))
	h.Amend = slices.Contains([]string{".corrected", ".voided", ".amendment_requested", ".amendment_declined"}, strings.TrimPrefix(e.Type, t.Name))
	if e.Type == t.Name+".attached" {
		words = paperLabels(t, a.Lang)
	}
	h.Says = words.pairs(e.Data)
	return h
}

// slip is the receipt of a case, to be printed.
type slip struct {
	row
	Terms  []term
	Return calendar.Date // the day of the answer; none where the law sets none
	Office string
	Today  calendar.Date
	Law    string
}

func receipt(a *Ask) (any, error) {
	r, err := a.readCase()
	if err != nil {
		return nil, err
	}
	id := r.Case.Case
	s := slip{row: r, Today: a.today()}
	if s.Terms, err = a.terms(a.Context(), id); err != nil {
		return nil, err
	}
	for _, t := range s.Terms { // the last day by which the office itself has to answer
		if !t.Awaited {
			s.Return, s.Law = t.By, t.Law
		}
	}
	return s, nil
}
