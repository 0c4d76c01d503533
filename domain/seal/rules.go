package seal

import "hoso/domain"

var (
	unknownCommand = domain.Rule{Code: "seal.unknown_command",
		Say: domain.Text{Vi: "niêm phong không có lệnh này", En: "a seal has no such command"}}
	malformed = domain.Rule{Code: "seal.malformed",
		Say: domain.Text{Vi: "dấu niêm phong không đúng dạng", En: "this is no signed checkpoint"}}
	notGrown = domain.Rule{Code: "seal.not_grown",
		Say: domain.Text{Vi: "nhật ký đã được niêm phong đến vị trí %d", En: "the log is sealed up to position %d already"}}
)

// allow lets a checkpoint follow that is about a longer log: of two that are made at once, the shorter one is not needed.
func allow(s State, act domain.Act) error {
	e, ok := act.Event.(Checkpointed)
	if !ok {
		return unknownCommand.Refuse()
	}
	size, ok := e.Note.Size()
	if !ok {
		return malformed.Refuse()
	}
	if size <= s.Size {
		return notGrown.Refuse(s.Size)
	}
	return nil
}
