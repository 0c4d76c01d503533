package rehab

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"rehab.admitted":         {""},
	"rehab.transferred_in":   {""},
	"rehab.escaped":          {StatusPresent},
	"rehab.returned":         {StatusEscaped},
	"rehab.left_temporarily": {StatusPresent},
	"rehab.came_back":        {StatusAway},
	"rehab.term_reduced":     {StatusPresent},
	"rehab.transferred_out":  {StatusPresent, StatusAway},
	"rehab.completed":        {StatusPresent, StatusAway},
	"rehab.released":         {StatusPresent, StatusAway, StatusEscaped},
	"rehab.died":             {StatusPresent, StatusAway, StatusEscaped},
}

var statusNames = map[Status]string{
	"": "chưa tiếp nhận học viên", StatusPresent: "ghi học viên đang có mặt", StatusEscaped: "ghi học viên đang bỏ trốn",
	StatusAway: "ghi học viên đang tạm ra khỏi cơ sở", StatusTransferredOut: "đã chuyển đi", StatusCompleted: "đã hoàn thành",
	StatusReleased: "ghi học viên đã ra khỏi cơ sở", StatusDied: "đã kết thúc vì học viên chết",
}

// grounds says in which regime a stay may end on a ground of release.
var grounds = map[string]string{
	"placed":         "holding",    // the court has decided: the stay goes on in a case of its own
	"not_placed":     "holding",    // no decision, or it was refused
	"exempted":       "compulsory", // the court waives the rest (NĐ 116/2021 Đ58)
	"contract_ended": "voluntary",
}

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return domain.Reject("rehab.not_allowed_now", "hồ sơ %s nên không thể ghi việc này", statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return domain.Reject("rehab.too_early", "ngày %s sớm hơn ngày %s của việc trước đó", act.Occurred.Vietnamese(), s.Since.Vietnamese())
	}
	if e, ok := act.Event.(interface{ trainee() Trainee }); ok && s.Status != "" && e.trainee() != s.Trainee {
		return domain.Reject("rehab.other_trainee", "người, nơi cư trú và chế độ phải như khi tiếp nhận; hãy hủy các việc sau rồi ghi lại")
	}
	if e, ok := act.Event.(interface{ absent() bool }); ok && e.absent() != (s.Status != StatusPresent) {
		return domain.Reject("rehab.wrong_presence", "việc này ghi học viên có mặt hay vắng mặt không đúng với hồ sơ")
	}
	switch e := act.Event.(type) {
	case Admitted:
		return allowEntry(e.Trainee, e.Minor, e.Decided, act.Occurred, e.Months)
	case TransferredIn:
		if e.Due < act.Occurred {
			return domain.Reject("rehab.term_over", "thời hạn đã hết ngày %s, trước khi chuyển đến", e.Due.Vietnamese())
		}
		return allowEntry(e.Trainee, e.Minor, e.Decided, act.Occurred, e.Months)
	case TermReduced:
		if s.Trainee.Regime != "compulsory" {
			return domain.Reject("rehab.not_compulsory", "chỉ giảm thời hạn cho người cai nghiện bắt buộc")
		}
		if !halfServed(s, act.Occurred) {
			return domain.Reject("rehab.half_not_served", "học viên chưa chấp hành được một nửa thời hạn (NĐ 116/2021 Đ58)")
		}
	case Completed:
		if s.Due.IsZero() {
			return domain.Reject("rehab.no_term", "người lưu trú chưa có thời hạn nên không thể hoàn thành; hãy ghi ra khỏi cơ sở")
		}
		if act.Occurred < s.Due {
			return domain.Reject("rehab.term_not_over", "thời hạn đến ngày %s mới hết", s.Due.Vietnamese())
		}
	case Released:
		if grounds[e.Ground] != s.Trainee.Regime {
			return domain.Reject("rehab.wrong_ground", "căn cứ này không áp dụng cho chế độ của học viên")
		}
	}
	return nil
}

func allowEntry(t Trainee, minor bool, decided, on calendar.Date, months int) error {
	if decided > on {
		return domain.Reject("rehab.decided_after_entry", "ngày quyết định %s sau ngày tiếp nhận %s", decided.Vietnamese(), on.Vietnamese())
	}
	return allowTerm(t.Regime, minor, decided, months)
}
