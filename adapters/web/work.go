package web

import (
	"cmp"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/desk"
	"hoso/projections/periods"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// todo is the page of work.
type todo struct {
	Refused refusal
	Filter  filter
	Queues  []queued // that the caller may work through
	Asked   []asked  // amendments that wait for the caller's approval; in all queues and in that of approvers
	Places  []placed // that have work, the latest ones first; none where it is one place alone
	Groups  []pile
	Types   []kind // that have work, to choose from
	Steps   []domain.Step
	Units   []unit
	Total   int64
	ask     *Ask
}

// filter is what the page shows, as its address says it: it can be kept and sent to somebody.
type filter struct {
	Whose, Queue, Type, Step, Area, Urgency, After string
	Today                                          calendar.Date
}

// kind is a case type with the number of its open cases.
type kind struct {
	domain.CaseType
	Open int64
}

// pile is the cases of an urgency.
type pile struct {
	worklist.Urgency
	text
	Count int64
	Rows  []row
	More  string // the address of the rest; empty: all are here
}

// row is a case in a list.
type row struct {
	worklist.Case
	Type   domain.CaseType
	At     domain.Step
	Place  string
	People []search.Person
	Days   int // since the case stands at its step
	Left   int // days until it is due; negative: overdue
	Urgent worklist.Urgency
	Mine   bool
	May    bool // the caller may take it on
	Report *reportOf
}

var urgencies = map[worklist.Urgency]text{
	worklist.Overdue: {"Quá hạn", "Overdue"}, worklist.Soon: {"Sắp đến hạn (7 ngày)", "Due within 7 days"},
	worklist.Later: {"Còn thời gian", "Later"}, worklist.Unset: {"Không có hạn theo luật", "No term by law"},
}

// perGroup is how many cases of an urgency a page shows at first.
const perGroup = 20

func (s *Site) today() calendar.Date { return calendar.On(s.Clock()) }

func (a *Ask) filter() filter {
	v := a.URL.Query()
	f := filter{cmp.Or(v.Get("whose"), "me"), v.Get("hang-doi"), v.Get("type"), v.Get("step"), v.Get("area"), v.Get("urgency"), v.Get("after"), a.today()}
	if v.Get("whose") == "" && (f.Area != "" || f.Urgency != "" || f.Type != "" || f.Queue != "") { // a link from elsewhere means everybody's
		f.Whose = "all"
	}
	return f
}

// Link returns the address of the same with other values.
func (f filter) Link(pairs ...string) string {
	v := url.Values{}
	for name, value := range map[string]string{"whose": f.Whose, "hang-doi": f.Queue, "type": f.Type, "step": f.Step, "area": f.Area, "urgency": f.Urgency} {
		if value != "" {
			v.Set(name, value)
		}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if v.Del(pairs[i]); pairs[i+1] != "" {
			v.Set(pairs[i], pairs[i+1])
		}
	}
	return "/cong-viec?" + v.Encode()
}

func (f filter) query(a *Ask) (desk.List, error) {
	q := desk.List{Query: worklist.Query{Unit: area.Code(f.Area), Step: f.Step, On: f.Today, After: f.After, Urgency: worklist.Urgency(f.Urgency)}}
	if f.Type != "" {
		q.Types = []string{f.Type}
	}
	if f.Type != "" && f.Step != "" { // so that the step is counted, too
		q.Stages = []worklist.Stage{{Type: f.Type, Step: f.Step}}
	}
	switch f.Whose {
	case "me":
		q.Assigned = a.Who.Account
	case "nobody":
		q.Assigned = worklist.Nobody
	}
	if f.Queue != "" {
		i := slices.IndexFunc(queues, func(k queue) bool { return k.Name == f.Queue })
		if i < 0 {
			return q, domain.Malformed("web.no_such_queue", "hang-doi", "không có hàng đợi này; hãy chọn một hàng đợi trên trang Công việc")
		}
		q.Queue = queues[i].action
	}
	return q, nil
}

func work(a *Ask) (any, error) {
	b := todo{Refused: a.Refused, Filter: a.filter(), Units: a.units(), ask: a}
	if t, ok := a.Catalog.Type(b.Filter.Type); ok {
		b.Steps = slices.DeleteFunc(slices.Clone(t.Steps), func(s domain.Step) bool { return s.Ended })
	}
	q, err := b.Filter.query(a)
	if err != nil {
		return nil, err
	}
	if b.Queues, err = a.queues(q.Unit); err != nil {
		return nil, err
	}
	if b.Filter.Queue == "" || b.Filter.Queue == "duyet" {
		if b.Asked, err = a.askedHere(); err != nil {
			return nil, err
		}
	}
	counts, err := a.Desk.Counts(a.Context(), q)
	if err != nil {
		return nil, err
	}
	b.count(counts, a.Catalog)
	b.Places = places(counts, b.Filter.Today)
	for _, u := range worklist.Urgencies() {
		if b.Filter.Urgency != "" && b.Filter.Urgency != string(u) {
			continue
		}
		g := pile{Urgency: u, text: urgencies[u]}
		for _, c := range counts {
			g.Count += map[worklist.Urgency]int64{worklist.Overdue: c.Overdue, worklist.Soon: c.Soon, worklist.Later: c.Later, worklist.Unset: c.Unset}[u]
		}
		if g.Count == 0 {
			continue
		}
		q.Urgency, q.Limit = u, perGroup
		if b.Filter.Urgency != "" {
			q.Limit = 0
		}
		page, err := a.Desk.Cases(a.Context(), q)
		if err != nil {
			return nil, err
		}
		if g.Rows, err = a.rows(page.Cases); err != nil {
			return nil, err
		}
		if page.Next != "" {
			g.More = b.Filter.Link("urgency", string(u), "after", page.Next)
		}
		if len(g.Rows) > 0 {
			b.Groups = append(b.Groups, g)
		}
	}
	return b, nil
}

// Back is the address of the page itself.
func (b todo) Back() string { return b.ask.URL.RequestURI() }

// count adds up what the case types have to do.
func (b *todo) count(counts []worklist.Count, c *domain.Catalog) {
	open := map[string]int64{}
	for _, n := range counts {
		open[n.Type] += n.Open()
		b.Total += n.Open()
	}
	for _, t := range c.Types {
		if slices.ContainsFunc(t.Steps, func(s domain.Step) bool { return !s.Ended }) {
			b.Types = append(b.Types, kind{t, open[t.Name]})
		}
	}
}

// units lists the communes of today, to choose from.
func (a *Ask) units() (all []unit) {
	on := a.today()
	for _, code := range area.InUse().Provinces() {
		if u, ok := area.Find(code, on); ok {
			all = append(all, unit{u.Code, u.Name, 0})
		}
		for _, u := range area.Communes(code, on) {
			all = append(all, unit{u.Code, u.Name, 1})
		}
	}
	return all
}

// peopleOfARow is how many people a row names.
const peopleOfARow = 2

// rows makes rows of cases that the desk listed for the caller.
func (a *Ask) rows(cases []worklist.Case) (all []row, err error) {
	today := a.today()
	people, err := a.Desk.Named(a.Context(), cases, peopleOfARow)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		t, _ := a.Catalog.Type(c.Case.Type)
		r := row{Case: c, Type: t, At: t.Step(c.Step), Place: placeName(c.Unit, c.Opened), Urgent: c.Urgency(today), Mine: c.Assigned == a.Who.Account,
			May: desk.May(a.Context(), c.Case.Type+".assign", c.Unit) == nil}
		if c.Case.Type == periods.CaseType {
			if r.Report, err = a.reportOf(c.Case); err != nil {
				return nil, err
			}
		}
		if !c.Since.IsZero() {
			r.Days = c.Since.DaysUntil(today)
		}
		if c.Due != nil {
			r.Left = today.DaysUntil(c.Due.By)
		}
		for _, who := range c.Persons[:min(peopleOfARow, len(c.Persons))] {
			if p, known := people[who]; known {
				r.People = append(r.People, p)
			}
		}
		all = append(all, r)
	}
	return all, nil
}

// placeName returns the name of a unit as it was on a day, or as it was last: a code outlives its unit.
func placeName(code area.Code, on calendar.Date) string {
	if u, ok := area.InUse().Nearest(code, on); ok {
		return u.Name
	}
	return string(code)
}

// assign gives a case to an account; without one, to the caller.
func assign(a *Ask) (string, error) {
	id, err := domain.ParseStreamID(a.PostFormValue("case"))
	if err != nil {
		return "", err
	}
	account := a.Who.Account
	if a.PostForm.Has("account") {
		account = a.PostFormValue("account")
	}
	body, err := bodyOf(a.today(), map[string]any{"account": account})
	if err != nil {
		return "", err
	}
	out, err := a.Desk.Do(a.Context(), desk.Command{Name: id.Type + ".assign", Case: id.ID.String(), ID: uuid.New(), Body: body})
	back := local(a.PostFormValue("back"))
	if err != nil && domain.CodeOf(err) != "assign.changes_nothing" { // somebody pressed twice
		return "", a.sendBack(back, "assign", err)
	}
	a.untilDone(out)
	return back, nil
}
