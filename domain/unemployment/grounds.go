package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// Ground is a ground on which a benefit ends before its time (Luật 38/2013 Đ53.3, Luật 74/2025 Đ41.4). The end of the
// granted months was ground a of the law of 2013 and is none of the law of 2025: it has a command of its own.
type Ground struct {
	Code   string
	Reason string         // the part of form 34, row II.7, in which it counts
	Letter map[int]string // by the year of the law; a law without a letter does not have the ground
	Keeps  map[int]bool   // whether the law reserves the months that were not used
	Day    domain.Text    // how its effective day is defined (NĐ 374/2025 Đ19.1; NĐ 28/2015 Đ21 alike)
}

// Grounds are the grounds of both laws.
var Grounds = []Ground{
	{"job", "job", letters("b", "a"), keeps(true, true), domain.Text{Vi: "ngày hợp đồng có hiệu lực, ngày ghi trong quyết định tuyển dụng, ngày thông báo bắt đầu kinh doanh, ngày xuất cảnh đi làm việc",
		En: "the contract takes effect, the day in the appointment, the business is told to have begun, the exit for work abroad"}},
	{"service", "other", letters("c", "b"), keeps(true, true), domain.Text{Vi: "ngày nhập ngũ", En: "enlistment"}},
	{"pension", "other", letters("d", "c"), keeps(false, false), domain.Text{Vi: "ngày đầu tiên tính hưởng lương hưu", En: "the first day of the pension"}},
	{"two_refusals", "other", letters("đ", "d"), keeps(false, false), domain.Text{Vi: "ngày từ chối việc làm lần thứ hai", En: "the second refusal of a job"}},
	{"three_missed", "three_missed", letters("e", "đ"), keeps(false, false), domain.Text{Vi: "ngày kết thúc thời hạn thông báo của tháng thứ ba liên tục", En: "the last day for the third notice in a row"}},
	{"emigrated", "other", letters("g", "e"), keeps(false, false), domain.Text{Vi: "ngày xuất cảnh", En: "exit"}},
	{"study", "other", letters("h", "g"), keeps(true, true), domain.Text{Vi: "ngày nhập học ghi trong giấy báo nhập học", En: "enrolment as in the letter of admission"}},
	{"sanctioned", "sanctioned", letters("i", "h"), keeps(false, false), domain.Text{Vi: "ngày bị xử phạt theo quyết định", En: "the day of the penalty as decided"}},
	{"died", "other", letters("k", "i"), keeps(false, false), domain.Text{Vi: "ngày ghi trong giấy chứng tử", En: "the day in the death certificate"}},
	{"measures", "other", letters("l", "k"), keeps(true, true), domain.Text{Vi: "ngày bắt đầu thực hiện biện pháp xử lý hành chính", En: "the compulsory measure begins"}},
	{"missing", "other", letters("m", "l"), keeps(true, true), domain.Text{Vi: "ngày được xác định trong quyết định của tòa án", En: "the day in the court's decision"}},
	{"detained", "other", letters("n", "m"), keeps(true, true), domain.Text{Vi: "ngày bắt đầu tạm giam hoặc chấp hành hình phạt tù", En: "detention or imprisonment begins"}},
	{"own_request", "own_request", letters("", "n"), keeps(false, true), domain.Text{Vi: "ngày người lao động đề nghị", En: "the day of the request"}},
}

func letters(old, now string) map[int]string { return map[int]string{2013: old, 2025: now} }
func keeps(old, now bool) map[int]bool       { return map[int]bool{2013: old, 2025: now} }

var (
	groundMismatch = domain.Rule{Code: "unemployment.ground_mismatch",
		Say: domain.Text{Vi: "căn cứ %s thuộc nhóm lý do %s, không phải %s", En: "the ground %s counts as %s, not as %s"}}
	groundNotInLaw = domain.Rule{Code: "unemployment.ground_not_in_law", Law: "Luật Việc làm 38/2013 Đ53.3; 74/2025 Đ41.4",
		Say: domain.Text{Vi: "luật áp dụng ngày %s không có căn cứ %s", En: "the law of %s does not have the ground %s"}}
	effectiveMissing = domain.Rule{Code: "unemployment.effective_missing", Law: "NĐ 374/2025 Đ19.1",
		Say: domain.Text{Vi: "hãy ghi ngày chấm dứt hưởng: %s", En: "state the effective date: %s"}}
	notThreeMissed = domain.Rule{Code: "unemployment.not_three_missed", Law: "Luật Việc làm 38/2013 Đ53.3e; 74/2025 Đ41.4đ",
		Say: domain.Text{Vi: "chưa có %d tháng liên tục không thông báo tìm kiếm việc làm", En: "there are not %d months in a row without a notice"}}
)

func groundOf(code string) (Ground, bool) {
	for _, g := range Grounds {
		if g.Code == code {
			return g, true
		}
	}
	return Ground{Day: domain.Text{Vi: "tùy căn cứ", En: "it depends on the ground"}}, false
}

// terminate answers that the benefit ends before its time. The law of the day on which the ground arose governs.
func terminate(l *law.Law, s State, cmd Terminate, on calendar.Date) (domain.Event, error) {
	e := Terminated{Claimant: s.Claimant, Reason: cmd.Reason, Effective: cmd.Effective, Ground: cmd.Ground, Reported: cmd.Reported}
	if cmd.Reason == "three_missed" && s.clocked() {
		if err := threeMissed(l, s, &e, on); err != nil {
			return nil, err
		}
	}
	code := cmd.Ground
	if code == "" {
		code = cmd.Reason // "other" is no ground: nothing is said about what is reserved
	}
	g, known := groundOf(code)
	if e.Effective.IsZero() {
		return nil, effectiveMissing.Refuse(g.Day)
	}
	u, err := governing(l, e.Effective)
	if err != nil {
		return nil, err
	}
	switch {
	case cmd.Ground != "" && g.Reason != cmd.Reason:
		return nil, groundMismatch.Refuse(cmd.Ground, g.Reason, cmd.Reason)
	case cmd.Ground != "" && g.Letter[u.Law] == "":
		return nil, groundNotInLaw.Refuse(e.Effective, cmd.Ground)
	case !known:
		return e, nil
	}
	e.Keeps = g.Keeps[u.Law] && told(l, u, g, e.Effective, cmd.Reported)
	e.Reserved, _ = s.reserved(u, e.Effective, e.Keeps)
	return e, nil
}

// told tells whether the claimant reported the ground in three working days. The law of 2025 reserves nothing otherwise
// (Luật 74/2025 Đ41.5, NĐ 374/2025 Đ19.5); a request is its own report.
func told(l *law.Law, u law.Unemployment, g Ground, effective, reported calendar.Date) bool {
	if u.Law < 2025 || g.Code == "own_request" {
		return true
	}
	return !reported.IsZero() && reported <= l.Workdays.Add(effective, u.ReportWithin)
}

// threeMissed checks the three notices, and sets the day on which the third was due at the latest where none is stated.
func threeMissed(l *law.Law, s State, e *Terminated, on calendar.Date) error {
	u, err := governing(l, on)
	if err != nil {
		return err
	}
	third := s.Missed.run(u.MissedNotices)
	if third == 0 {
		return notThreeMissed.Refuse(u.MissedNotices)
	}
	if e.Effective.IsZero() {
		e.Effective = window(l, u, s.Start, third).To
	}
	return nil
}
