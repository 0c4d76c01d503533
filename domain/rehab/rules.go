package rehab

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
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
	"rehab.end_notified":     {StatusPresent, StatusAway},
	"rehab.transferred_out":  {StatusPresent, StatusAway},
	"rehab.completed":        {StatusPresent, StatusAway},
	"rehab.released":         {StatusPresent, StatusAway, StatusEscaped},
	"rehab.died":             {StatusPresent, StatusAway, StatusEscaped},
}

var statusNames = map[Status]domain.Text{
	"":                   {Vi: "chưa tiếp nhận học viên", En: "has no trainee yet"},
	StatusPresent:        {Vi: "ghi học viên đang có mặt", En: "has the trainee present"},
	StatusEscaped:        {Vi: "ghi học viên đang bỏ trốn", En: "has the trainee escaped"},
	StatusAway:           {Vi: "ghi học viên đang tạm ra khỏi cơ sở", En: "has the trainee out with leave"},
	StatusTransferredOut: {Vi: "đã chuyển đi", En: "was transferred out"},
	StatusCompleted:      {Vi: "đã hoàn thành", En: "was completed"},
	StatusReleased:       {Vi: "ghi học viên đã ra khỏi cơ sở", En: "ended with a release"},
	StatusDied:           {Vi: "đã kết thúc vì học viên chết", En: "ended with the trainee's death"},
}

// grounds says in which regime a stay may end on a ground of release.
var grounds = map[string]string{
	"placed":         "holding",    // the court has decided: the stay goes on in a case of its own
	"not_placed":     "holding",    // no decision, or it was refused
	"exempted":       "compulsory", // the court waives the rest (NĐ 116/2021 Đ58)
	"contract_ended": "voluntary",
}

var (
	unknownCommand = domain.Rule{Code: "rehab.unknown_command", Say: domain.Text{
		Vi: "hồ sơ cai nghiện không có lệnh này", En: "a rehabilitation case has no such command"}}
	notAllowedNow = domain.Rule{Code: "rehab.not_allowed_now", Say: domain.Text{
		Vi: "hồ sơ %s nên không thể ghi việc này", En: "the case %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "rehab.too_early", Say: domain.Text{
		Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before"}}
	otherTrainee = domain.Rule{Code: "rehab.other_trainee", Say: domain.Text{
		Vi: "người, nơi cư trú và chế độ phải như khi tiếp nhận; hãy hủy các việc sau rồi ghi lại",
		En: "person, commune and regime must be those of the admission; void the later acts and record them anew"}}
	wrongPresence = domain.Rule{Code: "rehab.wrong_presence", Say: domain.Text{
		Vi: "việc này ghi học viên có mặt hay vắng mặt không đúng với hồ sơ", En: "whether the trainee was present is not as the case has it"}}
	termOver = domain.Rule{Code: "rehab.term_over", Say: domain.Text{
		Vi: "thời hạn đã hết ngày %s", En: "the term was over on %s"}}
	decidedAfterEntry = domain.Rule{Code: "rehab.decided_after_entry", Say: domain.Text{
		Vi: "ngày quyết định %s sau ngày tiếp nhận %s", En: "the decision of %s is later than the admission on %s"}}
	notCompulsory = domain.Rule{Code: "rehab.not_compulsory", Law: "NĐ 116/2021 Đ58", Say: domain.Text{
		Vi: "việc này chỉ có đối với người cai nghiện bắt buộc", En: "this is only for trainees placed by a court"}}
	noTerm = domain.Rule{Code: "rehab.no_term", Say: domain.Text{
		Vi: "người lưu trú chưa có thời hạn nên không thể hoàn thành; hãy ghi ra khỏi cơ sở",
		En: "somebody who is held has no term to complete; record a release"}}
	termNotOver = domain.Rule{Code: "rehab.term_not_over", Law: "NĐ 116/2021 Đ62", Say: domain.Text{
		Vi: "thời hạn đến ngày %s mới hết", En: "the term ends on %s only"}}
	alreadyNotified = domain.Rule{Code: "rehab.already_notified", Say: domain.Text{
		Vi: "đã thông báo hết thời hạn ngày %s", En: "the end of the term was announced on %s"}}
	wrongGround = domain.Rule{Code: "rehab.wrong_ground", Law: "NĐ 116/2021 Đ44, Đ58", Say: domain.Text{
		Vi: "căn cứ này không áp dụng cho chế độ của học viên", En: "this ground is not one of the trainee's regime"}}
)

// rules is the law as the case type asks it.
type rules struct{ law *law.Law }

func (r rules) allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ trainee() Trainee }); ok && s.Status != "" && e.trainee() != s.Trainee {
		return otherTrainee.Refuse()
	}
	if e, ok := act.Event.(interface{ absent() bool }); ok && e.absent() != (s.Status != StatusPresent) {
		return wrongPresence.Refuse()
	}
	switch e := act.Event.(type) {
	case Admitted:
		return r.allowEntry(e.Trainee, e.Minor, e.Times, e.Decided, act.Occurred, e.Months)
	case TransferredIn:
		if e.Due < act.Occurred {
			return termOver.Refuse(e.Due)
		}
		return r.allowEntry(e.Trainee, e.Minor, "", e.Decided, act.Occurred, e.Months)
	case LeftTemporarily:
		return r.allowLeave(s, e, act.Occurred)
	case CameBack:
		return r.allowReturn(s, act.Occurred)
	case TermReduced:
		return r.allowReduction(s, e, act.Occurred)
	}
	return allowEnd(s, act)
}

func allowEnd(s State, act domain.Act) error {
	switch e := act.Event.(type) {
	case EndNotified:
		if s.Due.IsZero() {
			return noTerm.Refuse()
		}
		if !s.Notified.IsZero() {
			return alreadyNotified.Refuse(s.Notified)
		}
	case Completed:
		if s.Due.IsZero() {
			return noTerm.Refuse()
		}
		if act.Occurred < s.Due {
			return termNotOver.Refuse(s.Due)
		}
	case Released:
		if grounds[e.Ground] != s.Trainee.Regime {
			return wrongGround.Refuse()
		}
	}
	return nil
}

func (r rules) allowEntry(t Trainee, minor bool, times string, decided, on calendar.Date, months int) error {
	if decided > on {
		return decidedAfterEntry.Refuse(decided, on)
	}
	return r.allowTerm(t.Regime, minor, times, decided, months)
}
