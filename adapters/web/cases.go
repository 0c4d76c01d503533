package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	persons "hoso/domain/person"
	"hoso/projections/desk"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// found is the page of cases: what a search found, and what can be begun.
type found struct {
	Text   string
	People []person
	More   int
	Cases  []row
	Latest []row
	Begin  begins
	Drafts []draft
	Looked bool
}

// person is somebody whom a search found, with the cases.
type person struct {
	search.Person
	Place string
	Cases []row
	More  bool
}

// begin is a command that opens a case.
type begin struct {
	Type    domain.CaseType
	Command domain.CommandType
}

// begins are commands in the order of the catalogue.
type begins []begin

// commandsOf are those of one case type.
type commandsOf struct {
	Type     domain.CaseType
	Commands []domain.CommandType
}

// ByType gathers commands by their case type.
func (all begins) ByType() (types []commandsOf) {
	for _, b := range all {
		if n := len(types); n == 0 || types[n-1].Type.Name != b.Type.Name {
			types = append(types, commandsOf{Type: b.Type})
		}
		last := &types[len(types)-1]
		last.Commands = append(last.Commands, b.Command)
	}
	return types
}

const (
	peoplePerPage = 20
	casesOfOne    = 6
)

func cases(a *Ask) (any, error) {
	f := found{}
	if a.Method == http.MethodPost {
		f.Text, f.Looked = strings.TrimSpace(a.PostFormValue("q")), true
	}
	if f.Text != "" {
		return f, a.find(&f)
	}
	page, err := a.Desk.Cases(a.Context(), desk.List{Query: worklist.Query{Closed: true, Limit: 30, Types: a.listed()}})
	if err != nil {
		return nil, err
	}
	if f.Latest, err = a.rows(page.Cases); err != nil {
		return nil, err
	}
	f.Drafts = a.drafts.of(a.Who.Account)
	slices.SortFunc(f.Drafts, func(x, y draft) int { return y.Saved.Compare(x.Saved) })
	f.Begin, err = a.openers()
	return f, err
}

// listed are the case types that are listed: people are found by a search.
func (a *Ask) listed() (all []string) {
	for _, t := range a.Catalog.Types {
		if len(t.Steps) > 0 {
			all = append(all, t.Name)
		}
	}
	return all
}

func (a *Ask) find(f *found) error {
	r, err := a.Desk.Search(a.Context(), f.Text, peoplePerPage)
	if err != nil {
		return err
	}
	f.More = r.More
	for _, p := range r.People {
		one := person{Person: p, Place: placeName(p.Commune, a.today())}
		page, err := a.Desk.Cases(a.Context(), desk.List{Query: worklist.Query{Person: p.ID, Closed: true, Limit: casesOfOne + 1, Types: a.listed()}})
		if err != nil {
			return err
		}
		one.More = page.Next != ""
		if one.Cases, err = a.rows(page.Cases); err != nil {
			return err
		}
		f.People = append(f.People, one)
	}
	var named []worklist.Case
	for _, id := range r.Cases {
		c, err := a.Desk.Listed(a.Context(), id)
		if domain.KindOf(err) == domain.NotFound {
			continue
		}
		if err != nil {
			return err
		}
		named = append(named, c)
	}
	f.Cases, err = a.rows(named)
	return err
}

// openers are the commands that open a case of each type, which the caller may give somewhere.
func (a *Ask) openers() (all begins, err error) {
	for _, t := range a.Catalog.Types {
		possible, err := a.Desk.Possible(a.Context(), domain.StreamID{Type: t.Name, ID: uuid.New()}, a.today())
		if err != nil {
			return nil, err
		}
		for _, p := range possible {
			if p.Why == nil {
				all = append(all, begin{t, p.Command})
			}
		}
	}
	return all, nil
}

// picked is a list of people to choose from, or of people who may be the one that somebody is about to register.
type picked struct {
	Field  string
	People []search.Person
	More   int
	Typed  struct{ Name, Born, Identity string }
	Today  calendar.Date
}

// Within implements within.
func (picked) Within() {}

// pickPerson finds people for a field of a form.
func pickPerson(a *Ask) (any, error) {
	p := picked{Field: cmp.Or(a.PostFormValue("field"), "person"), Today: a.today()}
	q := a.PostFormValue("q")
	if q == "" {
		q = a.PostFormValue("f." + p.Field)
	}
	r, err := a.Desk.Search(a.Context(), q, 8)
	p.People, p.More = r.People, r.More
	return p, err
}

// twins finds people who are known already and may be the one that a form is about to register.
func twins(a *Ask) (any, error) {
	p := picked{Today: a.today()}
	p.Typed.Name, p.Typed.Born, p.Typed.Identity = strings.TrimSpace(a.PostFormValue("f.name")), a.PostFormValue("f.born"), a.PostFormValue("f.identity")
	typed, _ := persons.ReadBorn(strings.TrimSpace(p.Typed.Born)) // what is no date yet tells nobody apart
	seen := map[domain.PersonID]bool{}
	for _, q := range []string{p.Typed.Identity, p.Typed.Name} {
		if len(q) < 4 {
			continue
		}
		r, err := a.Desk.Search(a.Context(), q, 5)
		if err != nil {
			return nil, err
		}
		for _, one := range r.People {
			sameYear := typed == "" || one.Born == "" || strings.HasPrefix(string(typed), one.Born)
			if !seen[one.ID] && (q == p.Typed.Identity || one.Rank <= search.Whole && sameYear) {
				seen[one.ID] = true
				p.People = append(p.People, one)
			}
		}
	}
	return p, nil
}
