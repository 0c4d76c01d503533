package seal

import (
	"fmt"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
)

const root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

func noteOf(size int) Note {
	return Note(fmt.Sprintf("hoso\n%d\n%s\n\n— hoso Gyw9TgAAAA==\n", size, root))
}

func step(n Note) domaintest.Step { return domaintest.Step{On: 20240502, Do: Checkpoint{n}} }

func TestCheckpoints(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]domaintest.Spec{
		"the first": {When: step(noteOf(7)), Then: []domain.Event{Checkpointed{noteOf(7)}}, AddsNothing: true, State: State{7}},
		"a longer log": {Given: []domaintest.Step{step(noteOf(7))}, When: step(noteOf(9)), Then: []domain.Event{Checkpointed{noteOf(9)}},
			State: State{9}},

		"the same log":   {Given: []domaintest.Step{step(noteOf(7))}, When: step(noteOf(7)), Error: "seal.not_grown"},
		"a shorter log":  {Given: []domaintest.Step{step(noteOf(7))}, When: step(noteOf(6)), Error: "seal.not_grown"},
		"not signed":     {When: step(Note("hoso\n7\n" + root + "\n")), Error: "seal.malformed"},
		"of nothing":     {When: step(noteOf(0)), Error: "seal.malformed"},
		"another number": {When: step(Note(strings.Replace(string(noteOf(7)), "7", "07", 1))), Error: "seal.malformed"},
		"a short root":   {When: step(Note(strings.Replace(string(noteOf(7)), root, "CsUY", 1))), Error: "seal.malformed"},
		"no note":        {When: step(""), Error: "seal.malformed"},
		"void": {Given: []domaintest.Step{step(noteOf(7))}, Error: "amend.final",
			When: domaintest.Step{On: 20240610, Do: domain.Void{Type: "seal", Version: 1, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}}},
	} {
		s.Type = Type()
		t.Run(name, s.Run)
	}
}

func TestWire(t *testing.T) {
	t.Parallel()
	domaintest.Wire(t, Type(), "testdata/wire", Checkpointed{noteOf(7)})
}
