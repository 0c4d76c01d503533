package statement

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{"statement.recorded": {""}}

// wholePercent is 100 % in hundredths of a percent.
const wholePercent = 100_00

var (
	unknownCommand  = domain.Rule{Code: "statement.unknown_command", Say: domain.Text{Vi: "số liệu công bố không có lệnh này", En: "a stated figure has no such command"}}
	alreadyRecorded = domain.Rule{Code: "statement.already_recorded", Say: domain.Text{
		Vi: "số liệu đã được ghi; hãy sửa hoặc mở hồ sơ mới cho số liệu mới", En: "the figure is recorded already; correct it, or open a new case for a new figure"}}
	rateOver100 = domain.Rule{Code: "statement.rate_over_100", Say: domain.Text{Vi: "tỷ lệ không thể quá 100%%", En: "a rate cannot exceed 100%%"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return alreadyRecorded.Refuse()
	}
	if e, ok := act.Event.(Recorded); ok && e.Indicator == "training.trained_rate" && e.Value > wholePercent {
		return rateOver100.Refuse()
	}
	return nil
}
