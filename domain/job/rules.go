package job

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{"job.recorded": {""}}

var (
	unknownCommand  = domain.Rule{Code: "job.unknown_command", Say: domain.Text{Vi: "hồ sơ giải quyết việc làm không có lệnh này", En: "a list of jobs has no such command"}}
	alreadyRecorded = domain.Rule{Code: "job.already_recorded", Say: domain.Text{
		Vi: "danh sách đã được ghi; hãy sửa hoặc mở hồ sơ mới cho danh sách mới", En: "this list is recorded already; correct it, or open a new case for a new list"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return alreadyRecorded.Refuse()
	}
	return nil
}
