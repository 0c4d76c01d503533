package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hoso/domain"
	"hoso/projections/desk"
	"hoso/projections/history"
	"hoso/projections/report"
)

// replayed is a case up to a moment, beside another moment where one is named.
type replayed struct {
	history.History
	Label   domain.Text
	All     []history.Event // also the later ones
	Shown   uint64          // the version up to which it is replayed
	With    uint64          // the earlier version that it is compared with, the one before where no earlier one is named; 0: none
	Known   string          // as known at
	State   []property
	catalog *domain.Catalog
	words   labels
	steps   func(string) domain.Step
}

// property is a value of the state, and what it was at the earlier moment.
type property struct {
	Name, Was, Is string
	Changed       bool
}

// Title implements titled.
func (r replayed) Title(l Lang) string {
	return text{"Diễn biến: ", "History: "}.In(l) + text{r.Label.Vi, r.Label.En}.In(l)
}

func replay(a *Ask) (any, error) {
	id, err := a.caseOf()
	if err != nil {
		return nil, err
	}
	t, _ := a.Catalog.Type(id.Type)
	r := replayed{Label: t.Label, Known: a.FormValue("as-of"), catalog: a.Catalog, steps: t.Step}
	at := desk.Moment{AsOf: r.Known}
	replay := func() (history.History, error) {
		c, err := a.Desk.Audited(a.Context(), id.Type, id.ID.String(), at)
		return c.History, err
	}
	all, err := replay()
	if err != nil {
		return nil, err
	}
	r.words = labelsOf(t, all.Events[0].Occurred, a.Lang)
	r.All, r.History, r.Shown = all.Events, all, all.Version
	if n, err := strconv.ParseUint(a.FormValue("version"), 10, 64); err == nil && n > 0 && n < all.Version {
		r.Shown, at.Version = n, n
		if r.History, err = replay(); err != nil {
			return nil, err
		}
	}
	was := map[string]string{}
	r.With = r.Shown - 1
	if n, err := strconv.ParseUint(a.FormValue("with"), 10, 64); err == nil && n < r.Shown {
		r.With = n
	}
	if r.With > 0 {
		at.Version = r.With
		earlier, err := replay()
		if err != nil {
			return nil, err
		}
		was = flat(earlier.State)
	}
	r.State = r.said(properties(was, flat(r.History.State)))
	return r, nil
}

// properties lists what a state holds, and what of it was otherwise.
func properties(was, is map[string]string) (all []property) {
	names := maps.Clone(is)
	maps.Copy(names, was)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		all = append(all, property{name, was[name], is[name], was[name] != is[name]})
	}
	return all
}

// flat lists the values of a JSON object by their paths.
func flat(object json.RawMessage) map[string]string {
	all := map[string]string{}
	var add func(path string, v any)
	add = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, inner := range v {
				add(strings.TrimPrefix(path+"."+name, "."), inner)
			}
		case []any:
			for n, inner := range v {
				add(fmt.Sprintf("%s[%d]", path, n+1), inner)
			}
		case json.Number:
			all[path] = v.String()
			if n, err := v.Int64(); err == nil && n >= 10_000 { // money; years and counts are shorter
				all[path] = report.Number(n)
			}
		case nil:
		default:
			all[path] = clipped(fmt.Sprint(v))
		}
	}
	var v any
	d := json.NewDecoder(strings.NewReader(string(object)))
	d.UseNumber()
	if d.Decode(&v) == nil {
		add("", v)
	}
	return all
}

// clipped keeps a value a line: a published report stands whole in its event.
func clipped(s string) string {
	const long = 160
	if r := []rune(s); len(r) > long {
		return string(r[:long]) + "…"
	}
	return s
}

// Event names an event.
func (r replayed) Event(e history.Event) domain.Text {
	return r.catalog.EventLabel(e.Type)
}

// Says lists what an event says.
func (r replayed) Says(e history.Event) []property {
	all := r.said(properties(nil, flat(e.Data)))
	if len(all) > 40 {
		all = append(all[:40], property{Name: "…", Is: fmt.Sprintf("và %s mục nữa", report.Number(int64(len(all)-40)))})
	}
	return all
}

// said writes values as people read them.
func (r replayed) said(all []property) []property {
	for n, p := range all {
		all[n].Was, all[n].Is = r.say(p.Name, p.Was), r.say(p.Name, p.Is)
	}
	return all
}

func (r replayed) say(path, value string) string {
	name := lastOf(path)
	if step := r.steps(value); name == "status" && step.Name != "" {
		return text{step.Label.Vi, step.Label.En}.In(r.words.lang)
	}
	if value == "true" || value == "false" {
		return map[string]text{"true": {"có", "yes"}, "false": {"không", "no"}}[value].In(r.words.lang)
	}
	return r.words.say(name, value)
}

// lastOf is the last name of a path: person of claimant.person, exempt of exempt[2].
func lastOf(path string) string {
	name, _, _ := strings.Cut(path[strings.LastIndexByte(path, '.')+1:], "[")
	return name
}

// Field names a field of the state or of an event; one that nobody named by its path.
func (r replayed) Field(path string) string {
	if said, ok := r.words.by[lastOf(path)]; ok && said != "" {
		return upperFirst(said)
	}
	return path
}

// Last is the version of the last event.
func (r replayed) Last() uint64 { return r.All[len(r.All)-1].Version }
