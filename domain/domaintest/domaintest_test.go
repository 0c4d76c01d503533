package domaintest_test

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/domaintest"
)

// note is the smallest case type: one note about a person, with private text.
type note struct {
	Person domain.PersonID        `json:"person" vi:"Người" en:"Person"`
	Text   domain.Private[string] `json:"text" vi:"Ghi chú" en:"Note"`
}

func (note) CommandName() string { return "note.write" }

type written note

func (written) EventType() string          { return "note.written" }
func (w written) Subject() domain.PersonID { return w.Person }

func noteType() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "note",
		Commands:   []domain.CommandType{domain.CommandOf[note]("Ghi", "Write")},
		Events:     []domain.EventType{domain.EventOf[written]("Đã ghi", "Written")},
		Indicators: []domain.Indicator{{ID: "note.count", Measure: domain.Flow}},
		Contribute: func(a domain.Act) []domain.Contribution {
			return []domain.Contribution{{Indicator: "note.count", Occurred: a.Occurred, Quantity: 1}}
		},
	}, domain.Decider[int]{
		Decide: func(_ int, r domain.Request) ([]domain.Event, error) {
			return []domain.Event{written(r.Command.(note))}, nil
		},
		Allow: func(n int, _ domain.Act) error {
			if n == 2 {
				return domain.Rule{Code: "note.full", Say: domain.Text{Vi: "đã đủ", En: "full"}}.Refuse()
			}
			return nil
		},
		Evolve: func(n int, _ domain.Act) int { return n + 1 },
	})
}

func TestSpec(t *testing.T) {
	who := domain.PersonID{UUID: uuid.MustParse("11111111-2222-4333-8444-555555555555")}
	write := domaintest.Step{On: 20240401, Do: note{who, domain.Hide("vắng mặt")}}
	t.Run("accepted", domaintest.Spec{
		Type:  noteType(),
		Given: []domaintest.Step{write},
		When:  write,
		Then:  []domain.Event{written{who, domain.Hide("vắng mặt")}},
		State: 2,
		Adds:  []domain.Contribution{{Indicator: "note.count", Occurred: 20240401, Quantity: 1}},
	}.Run)
	t.Run("repeatable", domaintest.Spec{
		Type:       noteType(),
		When:       write,
		Then:       []domain.Event{written{who, domain.Hide("vắng mặt")}},
		Repeatable: true,
	}.Run)
	t.Run("refused", domaintest.Spec{
		Type:  noteType(),
		Given: []domaintest.Step{write, write},
		When:  write,
		Error: "note.full",
	}.Run)
}

func TestWire(t *testing.T) {
	who := domain.PersonID{UUID: uuid.MustParse("11111111-2222-4333-8444-555555555555")}
	domaintest.Wire(t, noteType(), "testdata/wire", written{who, domain.Hide("vắng mặt")})
}

func TestKeysDestroyForEver(t *testing.T) {
	keys, who := domaintest.Keys(), domain.PersonID{UUID: uuid.New()}
	if _, err := keys.Key(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	if err := keys.Destroy(t.Context(), who); err != nil {
		t.Fatal(err)
	}
	if _, err := keys.Key(t.Context(), who); domain.CodeOf(err) != domain.ErrErased.Code {
		t.Errorf("key of an erased person: %v", err)
	}
}
