package retention_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/merit"
	"hoso/domain/person"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/retention"
)

// office is a log with the view over it. The view is brought up to date only when catchUp is called.
type office struct {
	*retention.Reader
	runner  *projections.Runner
	log     domain.EventLog
	keys    domain.Keys
	handler *domain.Handler
}

func newOffice(t *testing.T) *office {
	t.Helper()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	view := retention.NewView(c)
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	runner, err := projections.New(t.Context(), log, c.Codec(keys), f, view)
	if err != nil {
		t.Fatal(err)
	}
	o := &office{retention.NewReader(c, log, f.DB()), runner, log, keys,
		domain.NewHandler(c, log, keys, func() time.Time { return time.Date(2024, 5, 2, 0, 0, 0, 0, time.UTC) })}
	o.handler.Retain(o.Reader)
	return o
}

func (o *office) try(t *testing.T, id domain.StreamID, c domain.Command) error {
	t.Helper()
	_, err := o.handler.Handle(t.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: 20240410, Actor: domain.Actor{ID: "lan"}})
	return err
}

func (o *office) do(t *testing.T, id domain.StreamID, c domain.Command) {
	t.Helper()
	if err := o.try(t, id, c); err != nil {
		t.Fatal(err)
	}
}

func (o *office) catchUp(t *testing.T) {
	t.Helper()
	head, err := o.log.Head(t.Context())
	if err == nil {
		err = o.runner.CatchUp(t.Context(), head)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) register(t *testing.T) domain.PersonID {
	t.Helper()
	id := uuid.New()
	o.do(t, domain.StreamID{Type: "person", ID: id}, person.Register{Name: domain.Hide("Nông Thị Lan"), Reference: uuid.New()})
	return domain.PersonID{UUID: id}
}

func record(p domain.PersonID) domain.StreamID { return domain.StreamID{Type: "person", ID: p.UUID} }

func newCase(caseType string) domain.StreamID {
	return domain.StreamID{Type: caseType, ID: uuid.New()}
}

func allowance(p domain.PersonID) domain.Command {
	return merit.StartAllowance{Person: p, Commune: "06550", Category: "g", From: calendar.Month{Year: 2024, Month: 4}, Level: 2_000_000}
}

func void(version uint64) domain.Command {
	return domain.Void{Type: "merit", Version: version, Reason: domain.Hide("ghi nhầm"), Requester: "lan", Approver: "minh"}
}

// kept checks what keeps a person, before the view has seen the last events and after.
func (o *office) kept(t *testing.T, who domain.PersonID, want ...domain.StreamID) {
	t.Helper()
	for _, seen := range []bool{false, true} {
		if seen {
			o.catchUp(t)
		}
		got, err := o.Kept(t.Context(), who)
		slices.SortFunc(want, func(a, b domain.StreamID) int { return slices.Compare(a.ID[:], b.ID[:]) })
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("kept by %v, want %v (seen %t), %v", got, want, seen, err)
		}
	}
}

func TestWhoIsKept(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	lan, sen := o.register(t), o.register(t)
	dossier, claim := newCase("merit"), newCase("unemployment")
	o.do(t, claim, unemployment.File{Person: lan, Commune: "06550", Sex: "female", BirthYear: 1985, Channel: "direct", Residence: "own"})
	o.kept(t, lan)
	o.do(t, dossier, allowance(lan))
	o.kept(t, lan, dossier)
	o.kept(t, sen)
	// Papers alone are no dossier.
	empty, digest := newCase("merit"), strings.Repeat("ab", 32)
	o.do(t, empty, allowance(sen))
	o.do(t, empty, domain.Attach{Type: "merit", Document: domain.Document{Kind: "other", Media: "image/png", Size: 1, Digest: domain.Hide(digest), Stored: digest}})
	o.do(t, empty, domain.RequestAmendment{Type: "merit", Version: 2, Amendment: "void", Reason: domain.Hide("nhầm")}) // nor are requests
	o.do(t, empty, void(1))
	o.kept(t, sen)
	// One record of a person keeps the others, whichever way they were linked.
	tam := o.register(t)
	o.do(t, record(sen), person.Link{SameAs: lan, Reason: domain.Hide("trùng")})
	o.do(t, record(tam), person.Link{SameAs: sen, Reason: domain.Hide("trùng")})
	o.kept(t, tam, dossier)
	o.do(t, record(sen), person.Unlink{Reason: domain.Hide("khác người")})
	o.kept(t, tam)
	o.kept(t, sen)
	// What was voided never was, and may come anew.
	o.do(t, dossier, void(1))
	o.kept(t, lan)
	o.do(t, dossier, allowance(lan))
	o.kept(t, lan, dossier)
}

// TestNobodyKeptIsErased: the refusal names the article, the key stays, and whoever is not kept is erased.
func TestNobodyKeptIsErased(t *testing.T) {
	t.Parallel()
	for _, ground := range []string{"request", "retention_over", "court"} {
		for _, seen := range []bool{false, true} {
			o := newOffice(t)
			lan, sen := o.register(t), o.register(t)
			o.do(t, newCase("merit"), allowance(lan))
			if seen {
				o.catchUp(t)
			}
			err := o.try(t, record(lan), person.Erase{Ground: ground})
			var refused *domain.Error
			if !errors.As(err, &refused) || refused.Code != "merit.kept_for_ever" || refused.Law != "NĐ 131/2021 Đ128.6" || refused.Kind != domain.Rejected || refused.En == "" {
				t.Fatalf("%s: %v", ground, err)
			}
			if _, err := o.keys.Key(t.Context(), lan); err != nil {
				t.Errorf("the key of who is kept: %v", err)
			}
			o.do(t, record(sen), person.Erase{Ground: ground})
			if _, err := o.keys.Key(t.Context(), sen); !errors.Is(err, domain.ErrErased) {
				t.Errorf("the key of who was erased: %v", err)
			}
		}
	}
}
