package statement

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{"statement.recorded": {""}}

// wholePercent is 100 % in hundredths of a percent.
const wholePercent = 100_00

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return domain.Reject("statement.already_recorded", "số liệu đã được ghi; hãy sửa hoặc mở hồ sơ mới cho số liệu mới")
	}
	if e, ok := act.Event.(Recorded); ok && e.Indicator == "training.trained_rate" && e.Value > wholePercent {
		return domain.Reject("statement.rate_over_100", "tỷ lệ không thể quá 100%%")
	}
	return nil
}
