package desk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteaccess"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/merit"
	"hoso/domain/person"
	"hoso/domain/rehab"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// Hoa, who lives in 06550, has a merit case there and one in rehabilitation; Bình has nothing to do with either.
type people struct {
	*testing.T
	desk       *desk.Desk
	hoa, binh  domain.PersonID
	allowance  domain.StreamID
	in         domain.StreamID // rehabilitation
	days       calendar.Date
	unreadable error // instead of the access log, where it is set
}

func clock() time.Time { return time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC) }

func newPeople(t *testing.T) *people {
	t.Helper()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	readings, err := sqliteaccess.Open(t.Context(), t.TempDir(), domain.Key{1}, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = readings.Close() })
	p := &people{T: t, hoa: domain.PersonID{UUID: uuid.New()}, binh: domain.PersonID{UUID: uuid.New()},
		allowance: domain.StreamID{Type: "merit", ID: uuid.New()}, in: domain.StreamID{Type: "rehab", ID: uuid.New()}, days: 20240401}
	p.desk = &desk.Desk{Catalog: c, Handler: domain.NewHandler(c, log, keys, clock), Clock: clock, Codec: c.Codec(keys), Access: failing{readings, &p.unreadable}}
	p.do(p.stream(p.hoa), person.Register{Reference: uuid.New(), Name: domain.Hide("Nông Thị Hoa"), Identity: domain.Hide(person.Identity("020185001234")),
		Born: domain.Hide(person.Born("1985-02")), Phone: domain.Hide("0912000111"), Address: domain.Hide("thôn Bản Mới"), Commune: "06550"})
	p.do(p.stream(p.hoa), person.Register{Reference: uuid.New(), Name: domain.Hide("NÔNG T. HOA")})
	p.do(p.stream(p.binh), person.Register{Reference: uuid.New(), Name: domain.Hide("Lý Văn Bình"), Commune: "05977"})
	p.do(p.allowance, merit.Receive{Person: p.hoa, Commune: "06550", Category: "i", Procedure: "education", Due: 20240520, Channel: "direct"})
	p.do(p.in, rehab.Admit{Person: p.hoa, Commune: "06550", Regime: "voluntary", Decided: 20240401, Months: 6})
	return p
}

// failing is an access log that may not work.
type failing struct {
	desk.AccessLog
	err *error
}

func (f failing) Record(ctx context.Context, r ...desk.Reading) error {
	if *f.err != nil {
		return *f.err
	}
	return f.AccessLog.Record(ctx, r...)
}

func (p *people) stream(who domain.PersonID) domain.StreamID {
	return domain.StreamID{Type: "person", ID: who.UUID}
}

func (p *people) do(id domain.StreamID, c domain.Command) {
	p.Helper()
	if _, err := p.desk.Handler.Handle(p.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: p.days, Actor: domain.Actor{ID: "import"}}); err != nil {
		p.Fatalf("%s: %v", c.CommandName(), err)
	}
}

// as returns the context of somebody with one grant.
func (p *people) as(g right.Grant) context.Context {
	return right.With(p.Context(), right.Caller{Account: "lan", Grants: []right.Grant{g}, Via: right.ViaPassword, From: "10.0.0.7"})
}

func (p *people) recorded() []desk.Reading {
	p.Helper()
	page, err := p.desk.Access.Find(p.Context(), desk.AccessSearch{})
	if err != nil {
		p.Fatal(err)
	}
	return page.Readings
}

var (
	everywhere = right.Grant{Role: right.Caseworker}
	auditor    = right.Grant{Role: right.Auditor}
)

func TestAPersonIsShownAfterTheReadingWasRecorded(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	got, err := p.desk.Person(p.as(right.Grant{Role: right.Caseworker, Unit: "06550"}), desk.Look{Person: p.hoa, Case: p.allowance, Purpose: desk.ForHandling})
	if err != nil {
		t.Fatal(err)
	}
	want := desk.Person{Person: p.hoa, Identity: "020185001234", Name: "Nông Thị Hoa", Also: []string{"NÔNG T. HOA"}, Born: "1985-02",
		Phone: "0912000111", Address: "thôn Bản Mới", Commune: "06550"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	read := []desk.Reading{{Number: 1, At: clock(), Account: "lan", Role: "caseworker", Unit: "06550", Via: "password", From: "10.0.0.7",
		Person: p.hoa, Case: p.allowance, Purpose: desk.ForHandling}}
	if d := cmp.Diff(read, p.recorded()); d != "" {
		t.Error(d)
	}
}

func TestACorrectedPersonIsShownAsCorrected(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	p.do(p.stream(p.hoa), domain.Correct{Type: "person", Version: 1, Data: []byte(`{"name":"Nông Thị Hòa"}`), Reason: domain.Hide("viết sai"), Requester: "lan", Approver: "minh"})
	p.do(p.stream(p.hoa), domain.Void{Type: "person", Version: 2, Reason: domain.Hide("người khác"), Requester: "lan", Approver: "minh"})
	got, err := p.desk.Person(p.as(everywhere), desk.Look{Person: p.hoa, Purpose: desk.ForAnswer})
	if err != nil || got.Name != "Nông Thị Hòa" || len(got.Also) != 0 || got.Identity != "020185001234" {
		t.Errorf("%+v, %v", got, err)
	}
}

// Who approves an amendment sees what is to be changed: where the reading is recorded, and for the case in which it waits.
func TestWhatWaitsForApprovalIsShownInFull(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	p.do(p.stream(p.hoa), domain.RequestAmendment{Type: "person", Version: 1, Amendment: "correct", Data: []byte(`{"name":"Nông Thị Hòa"}`), Reason: domain.Hide("viết sai")})
	got, err := p.desk.Person(p.as(everywhere), desk.Look{Person: p.hoa, Purpose: desk.ForApproval})
	if err != nil || len(got.Asked) != 1 || got.Name != "Nông Thị Hoa" {
		t.Fatalf("%+v, %v", got, err)
	}
	if d := cmp.Diff([]domain.Change{{Field: "name", Was: "Nông Thị Hoa", Now: "Nông Thị Hòa"}}, got.Asked[0].Changes); d != "" || got.Asked[0].Reason != "viết sai" {
		t.Errorf("%q %s", got.Asked[0].Reason, d)
	}
	if len(p.recorded()) != 1 {
		t.Errorf("%d readings", len(p.recorded()))
	}
	if waits, err := p.desk.RequestsOf(p.as(everywhere), p.stream(p.hoa)); err != nil || len(waits) != 1 || len(waits[0].Changes) != 1 || waits[0].Changes[0] != (domain.Change{Field: "name"}) {
		t.Errorf("a list tells more than that the name changes: %+v, %v", waits, err)
	}
	if other, err := p.desk.Person(p.as(everywhere), desk.Look{Person: p.hoa, Case: p.allowance, Purpose: desk.ForHandling}); err != nil || len(other.Asked) != 0 {
		t.Errorf("for another case: %+v, %v", other.Asked, err)
	}
}

// What does not lead to a person's data, and leaves no reading.
func TestWhoMayNotLookSeesNothing(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	nobody := domain.PersonID{UUID: uuid.New()}
	p.do(p.stream(p.hoa), person.Link{SameAs: p.binh, Reason: domain.Hide("nghi trùng")})
	named := right.Grant{Role: right.Caseworker, CaseTypes: []string{"rehab"}}
	for name, a := range map[string]struct {
		who  context.Context
		look desk.Look
		want string
	}{
		"nobody asks":                      {p.Context(), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "right.nobody"},
		"no right":                         {p.as(right.Grant{}), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "forbidden"},
		"another unit":                     {p.as(right.Grant{Role: right.Caseworker, Unit: "05977"}), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "person.not_found"},
		"another unit, for a case":         {p.as(right.Grant{Role: right.Caseworker, Unit: "05977"}), desk.Look{Person: p.hoa, Case: p.allowance, Purpose: desk.ForHandling}, "person.not_found"},
		"a statistician":                   {p.as(right.Grant{Role: right.Statistician}), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "forbidden"},
		"an administrator":                 {p.as(right.Grant{Role: right.Administrator}), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "forbidden"},
		"for rehabilitation, not named":    {p.as(everywhere), desk.Look{Person: p.hoa, Case: p.in, Purpose: desk.ForHandling}, "forbidden"},
		"the right for rehabilitation":     {p.as(named), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "forbidden"},
		"no purpose":                       {p.as(everywhere), desk.Look{Person: p.hoa}, "access.no_purpose"},
		"a purpose of one's own":           {p.as(everywhere), desk.Look{Person: p.hoa, Purpose: "curiosity"}, "access.no_purpose"},
		"a case that names somebody else":  {p.as(everywhere), desk.Look{Person: p.binh, Case: p.allowance, Purpose: desk.ForHandling}, "person.not_found"},
		"a case of one's own unit instead": {p.as(right.Grant{Role: right.Caseworker, Unit: "06550"}), desk.Look{Person: p.binh, Case: p.allowance, Purpose: desk.ForHandling}, "person.not_found"},
		"a record linked with one's own":   {p.as(everywhere), desk.Look{Person: p.binh, Case: p.stream(p.hoa), Purpose: desk.ForMatching}, "person.not_found"},
		"a case that is none":              {p.as(everywhere), desk.Look{Person: p.hoa, Case: domain.StreamID{Type: "merit", ID: uuid.New()}, Purpose: desk.ForHandling}, "person.not_found"},
		"a guessed person":                 {p.as(everywhere), desk.Look{Person: nobody, Purpose: desk.ForHandling}, "person.not_found"},
		"a guessed person, one unit":       {p.as(right.Grant{Role: right.Caseworker, Unit: "06550"}), desk.Look{Person: nobody, Purpose: desk.ForHandling}, "person.not_found"},
		"a token that may only count": {right.With(p.Context(), right.Caller{Account: "lan", Grants: []right.Grant{everywhere}, Via: right.ViaToken,
			Scope: right.Scope{Actions: []right.Action{right.ReadFigures}}}), desk.Look{Person: p.hoa, Purpose: desk.ForHandling}, "forbidden"},
	} {
		got, err := p.desk.Person(a.who, a.look)
		if domain.CodeOf(err) != a.want && (a.want != "forbidden" || domain.KindOf(err) != domain.Forbidden) {
			t.Errorf("%s: %v [%s], want %s", name, err, domain.CodeOf(err), a.want)
		}
		if d := cmp.Diff(desk.Person{}, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if r := p.recorded(); len(r) != 0 {
		t.Errorf("recorded: %+v", r)
	}
}

func TestWhatCannotBeRecordedIsNotShown(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	p.unreadable = errors.New("disk full")
	got, err := p.desk.Person(p.as(everywhere), desk.Look{Person: p.hoa, Purpose: desk.ForHandling})
	if !errors.Is(err, p.unreadable) || got.Name != "" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNobodySeesWhoWasErased(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	p.do(p.stream(p.hoa), person.Erase{Ground: "request"})
	for range 2 {
		got, err := p.desk.Person(p.as(everywhere), desk.Look{Person: p.hoa, Purpose: desk.ForHandling})
		if !errors.Is(err, domain.ErrErased) || got.Name != "" {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

func TestReadingsAreForAuditors(t *testing.T) {
	t.Parallel()
	p := newPeople(t)
	both := right.Grant{Role: right.Caseworker, CaseTypes: []string{"rehab", "merit"}}
	for _, id := range []domain.StreamID{p.allowance, p.in} {
		if _, err := p.desk.Person(p.as(both), desk.Look{Person: p.hoa, Case: id, Purpose: desk.ForHandling}); err != nil {
			t.Fatal(err)
		}
	}
	cases := func(page desk.AccessPage) (all []domain.StreamID) {
		for _, r := range page.Readings {
			if r.Account != "lan" || r.Person != p.hoa {
				t.Errorf("%+v", r)
			}
			all = append(all, r.Case)
		}
		return all
	}
	page, err := p.desk.Readings(p.as(auditor), desk.AccessSearch{Person: p.hoa})
	if err != nil || !slices.Equal(cases(page), []domain.StreamID{{}, p.allowance}) {
		t.Errorf("an auditor without rehabilitation: %v, %v", cases(page), err)
	}
	ctx := right.With(p.Context(), right.Caller{Account: "an", Grants: []right.Grant{auditor, {Role: right.Auditor, CaseTypes: []string{"rehab"}}}})
	page, err = p.desk.Readings(ctx, desk.AccessSearch{Person: p.hoa})
	if err != nil || !slices.Equal(cases(page), []domain.StreamID{p.in, p.allowance}) {
		t.Errorf("an auditor with it: %v, %v", cases(page), err)
	}
	for name, a := range map[string]struct {
		right.Grant
		desk.AccessSearch
	}{
		"a caseworker":               {Grant: everywhere},
		"an administrator":           {Grant: right.Grant{Role: right.Administrator}},
		"an auditor of one unit":     {Grant: right.Grant{Role: right.Auditor, Unit: "06550"}},
		"by a case he may not audit": {auditor, desk.AccessSearch{Case: p.in}},
	} {
		page, err := p.desk.Readings(p.as(a.Grant), a.AccessSearch)
		if domain.KindOf(err) != domain.Forbidden || len(page.Readings) != 0 {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
	if _, err := p.desk.Readings(p.Context(), desk.AccessSearch{}); domain.KindOf(err) != domain.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
}
