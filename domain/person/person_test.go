package person

import (
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
)

// An invented person; her case is she.
var (
	who      = domain.PersonID{UUID: domaintest.Case}
	other    = domain.PersonID{UUID: uuid.MustParse("8f90a1b2-c3d4-45e6-87f8-091a2b3c4d5e")}
	list     = uuid.MustParse("a1b2c3d4-e5f6-4708-891a-2b3c4d5e6f70")
	name     = domain.Hide("Nông Thị Thử")
	reason   = domain.Hide("cùng số định danh")
	register = on(20240401, Register{Name: name, Identity: domain.Hide(Identity("020190005678")), Born: domain.Hide(Born("1990-05")), Commune: "06550"})
	known    = State{Known: true, Since: 20240401}
)

func on(d calendar.Date, c domain.Command) domaintest.Step { return domaintest.Step{On: d, Do: c} }

func given(steps ...domaintest.Step) []domaintest.Step { return steps }

func TestPerson(t *testing.T) {
	t.Parallel()
	linked := known
	linked.SameAs = other
	first := Registered{Person: who, Identity: domain.Hide(Identity("020190005678")), Name: name, Born: domain.Hide(Born("1990-05")), Commune: "06550"}
	right := first
	right.Commune = "05977"
	amendment := domain.Amendment{Type: "person", Version: 1, Was: domain.Act{Event: first, Occurred: 20240401}, Reason: reason, Requester: "lan", Approver: "minh"}
	for what, s := range map[string]domaintest.Spec{
		"register": {When: register, Then: []domain.Event{first}, State: known},
		"register under a reference": {When: on(20240401, Register{Name: name}.WithReference(list)),
			Then:  []domain.Event{Registered{Person: who, Reference: list, Name: name}},
			State: State{Known: true, References: []uuid.UUID{list}, Since: 20240401}},
		"another list knows her too": {Given: given(register), When: on(20240402, Register{Name: name}.WithReference(list)),
			Then:  []domain.Event{Referenced{who, list, name}},
			State: State{Known: true, References: []uuid.UUID{list}, Since: 20240401}},
		"link": {Given: given(register), When: on(20240402, Link{other, reason}),
			Then: []domain.Event{Linked{who, other, reason}}, State: linked},
		"unlink": {Given: given(register, on(20240402, Link{other, reason})), When: on(20240403, Unlink{reason}),
			Then: []domain.Event{Unlinked{who, other, reason}}, State: known},
		"correct": {Given: given(register),
			When: on(20240501, domain.Correct{Type: "person", Version: 1, Data: []byte(`{"commune":"05977"}`), Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Corrected{Amendment: amendment, Now: domain.Act{Event: right, Occurred: 20240401}}}, State: known},
		"void": {Given: given(register),
			When: on(20240501, domain.Void{Type: "person", Version: 1, Reason: reason, Requester: "lan", Approver: "minh"}),
			Then: []domain.Event{domain.Voided{Amendment: amendment}}, State: State{}},
		"erase": {Given: given(register), When: on(20240402, Erase{"request"}),
			Then: []domain.Event{Erased{who, "request"}}, State: State{Known: true, Erased: true, Since: 20240401}},
	} {
		s.Type, s.AddsNothing = Type(), true
		t.Run(what, s.Run)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for what, s := range map[string]domaintest.Spec{
		"registered twice without a new reference": {Given: given(register), When: on(20240402, Register{Name: name}), Error: "person.already_registered"},
		"registered twice under one reference": {Given: given(on(20240401, Register{Name: name}.WithReference(list))),
			When: on(20240402, Register{Name: name}.WithReference(list)), Error: "person.already_registered"},
		"link before anything":      {When: on(20240401, Link{other, reason}), Error: "person.not_registered"},
		"erase before anything":     {When: on(20240401, Erase{"court"}), Error: "person.not_registered"},
		"the same as herself":       {Given: given(register), When: on(20240402, Link{who, reason}), Error: "person.same_as_self"},
		"linked twice":              {Given: given(register, on(20240402, Link{other, reason})), When: on(20240403, Link{other, reason}), Error: "person.already_linked"},
		"unlinked without a link":   {Given: given(register), When: on(20240403, Unlink{reason}), Error: "person.not_linked"},
		"erased is erased for ever": {Given: given(register, on(20240402, Erase{"request"})), When: on(20240403, register.Do), Error: "person.erased"},
		"an erasure is not voided": {Given: given(register, on(20240402, Erase{"request"})), Error: "person.erased",
			When: on(20240403, domain.Void{Type: "person", Version: 2, Reason: reason, Requester: "lan", Approver: "minh"})},
		"a registration is not corrected into another person": {Given: given(register), Error: "amend.other_person",
			When: on(20240403, domain.Correct{Type: "person", Version: 1, Data: []byte(`{"person":"8f90a1b2-c3d4-45e6-87f8-091a2b3c4d5e"}`), Reason: reason, Requester: "lan", Approver: "minh"})},
		"a registration that was built on is not voided": {Given: given(register, on(20240402, Link{other, reason})), Error: "amend.breaks_history",
			When: on(20240403, domain.Void{Type: "person", Version: 1, Reason: reason, Requester: "lan", Approver: "minh"})},
	} {
		s.Type = Type()
		t.Run(what, s.Run)
	}
}

// The same number is the same person, whatever the list calls her; without a number the request names the case.
func TestIdentify(t *testing.T) {
	t.Parallel()
	hash := func(s string) uuid.UUID { return uuid.NewSHA1(list, []byte(s)) }
	id, ok := identify(register.Do, hash)
	if !ok || id != hash("identity:020190005678") {
		t.Errorf("with a number: %s, %t", id, ok)
	}
	for _, c := range []domain.Command{Register{Name: name}, Link{other, reason}} {
		if _, ok := identify(c, hash); ok {
			t.Errorf("%T without a number names its case", c)
		}
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire",
		Registered{who, list, domain.Hide(Identity("020190005678")), name, domain.Hide(Born("1990-05")),
			domain.Hide("0900000000"), domain.Hide("Thôn Thử"), "06550"},
		Referenced{who, list, name},
		Linked{who, other, reason},
		Unlinked{who, other, reason},
		Erased{who, "request"},
	)
}
