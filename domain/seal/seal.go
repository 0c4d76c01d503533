// Package seal is the case type of the checkpoints (dấu niêm phong): what the whole log was, signed, again and again.
//
//	checkpoint ─▶ checkpointed ─┐
//	                  ▲         │ checkpoint, of a longer log
//	                  └─────────┘
//
// A checkpoint is a number of events and the root of the Merkle tree over them, signed by the office; package
// projections/seal says over which bytes. It stands in the log itself, as an event that can be neither corrected nor voided, so
// that whoever has the log has them all, and nothing is lost with the views. It covers events before itself, never itself.
//
// One case holds the checkpoints of one calendar month, so that no case grows without end. Only the program makes them.
package seal

import (
	"hoso/domain"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:       "seal",
		Label:      domain.Text{Vi: "Niêm phong nhật ký", En: "Seal of the log"},
		Commands:   []domain.CommandType{domain.OwnCommandOf[Checkpoint]("Niêm phong", "Seal")},
		Events:     []domain.EventType{domain.EventOf[Checkpointed]("Đã niêm phong", "Sealed")},
		Contribute: func(domain.Act) []domain.Contribution { return nil },
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// State is what the rules need to know about the checkpoints of a month.
type State struct {
	Size domain.Ordinal `json:"size"` // of the last checkpoint
}

func decide(_ State, r domain.Request) (domain.Event, error) {
	if cmd, ok := r.Command.(Checkpoint); ok {
		return Checkpointed(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	if e, ok := act.Event.(Checkpointed); ok {
		s.Size, _ = e.Note.Size()
	}
	return s
}
