package convalescence

import (
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{
	"convalescence.planned":     {""},
	"convalescence.rescheduled": {StatusPlanned},
	"convalescence.started":     {"", StatusPlanned},
	"convalescence.completed":   {StatusStarted},
	"convalescence.cancelled":   {StatusPlanned, StatusStarted},
}

var statusNames = map[Status]domain.Text{
	"":              {Vi: "chưa được mở", En: "has not been opened"},
	StatusPlanned:   {Vi: "mới ở trong kế hoạch", En: "is planned"},
	StatusStarted:   {Vi: "đang diễn ra", En: "is under way"},
	StatusCompleted: {Vi: "đã kết thúc", En: "is over"},
	StatusCancelled: {Vi: "đã hủy", En: "was cancelled"},
}

var (
	notAllowedNow = domain.Rule{Code: "convalescence.not_allowed_now",
		Say: domain.Text{Vi: "đợt điều dưỡng %s nên không thể ghi việc này", En: "the batch %s, so this cannot be recorded"}}
	tooEarly = domain.Rule{Code: "convalescence.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is earlier than %s, the day of the act before it"}}
	otherArea = domain.Rule{Code: "convalescence.other_area",
		Say: domain.Text{Vi: "đơn vị tổ chức phải như khi mở hồ sơ; hãy hủy các việc sau rồi ghi lại", En: "the area has to be the one with which the case was opened; void what follows and record it again"}}
	areaMissing = domain.Rule{Code: "convalescence.area_missing",
		Say: domain.Text{Vi: "đợt chưa có kế hoạch trong hệ thống thì cần đơn vị tổ chức", En: "a batch without a plan in here needs its area"}}
	otherPlan = domain.Rule{Code: "convalescence.other_plan",
		Say: domain.Text{Vi: "tháng dự kiến trước đó phải đúng như hồ sơ", En: "the month planned before has to be that of the case"}}
	planTooLate = domain.Rule{Code: "convalescence.plan_too_late",
		Say: domain.Text{Vi: "ngày %s không thể lập kế hoạch cho tháng %s đã qua", En: "on %s nothing can be planned for %s, which is over"}}
	startsOutsideMonth = domain.Rule{Code: "convalescence.starts_outside_month",
		Say: domain.Text{Vi: "ngày bắt đầu %s không thuộc tháng %s", En: "the first day %s is not in %s"}}
	samePlan = domain.Rule{Code: "convalescence.same_plan",
		Say: domain.Text{Vi: "đợt đã có kế hoạch vào thời gian này", En: "the batch is planned for that time already"}}
	daysOutsideLaw = domain.Rule{Code: "convalescence.days_outside_law", Law: "NĐ 131/2021 Đ84–87",
		Say: domain.Text{Vi: "mỗi đợt từ %d đến %d ngày, không kể ngày đi và về", En: "a batch has from %d to %d days, without travel"}}
	daysExceedBatch = domain.Rule{Code: "convalescence.days_exceed_batch",
		Say: domain.Text{Vi: "từ ngày bắt đầu %s đến ngày kết thúc %s không có từng ấy ngày", En: "from %s to %s there are not as many days"}}
	moreLeftThanCame = domain.Rule{Code: "convalescence.more_left_than_came",
		Say: domain.Text{Vi: "số người về sớm nhiều hơn số người đã điều dưỡng", En: "more persons left early than attended"}}
)

func allow(l *law.Law, s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return notAllowedNow.Refuse(statusNames[s.Status])
	}
	if act.Occurred < s.Since {
		return tooEarly.Refuse(act.Occurred, s.Since)
	}
	if e, ok := act.Event.(interface{ batch() Batch }); ok && s.Status != "" && e.batch().Area != s.Area {
		return otherArea.Refuse()
	}
	switch e := act.Event.(type) {
	case Planned:
		if e.Days > 0 {
			if err := allowDays(l, e.Days, e.Month.First()); err != nil {
				return err
			}
		}
		return allowPlan(e.Month, e.Starts, act.Occurred)
	case Rescheduled:
		if e.Was != s.Month {
			return otherPlan.Refuse()
		}
		if e.Month == s.Month && e.Starts == s.Starts {
			return samePlan.Refuse()
		}
		return allowPlan(e.Month, e.Starts, act.Occurred)
	case Started:
		if e.Area == "" {
			return areaMissing.Refuse()
		}
	case Completed:
		if e.LeftEarly > e.Delegates {
			return moreLeftThanCame.Refuse()
		}
		if e.Days > s.Since.DaysUntil(act.Occurred)+1 {
			return daysExceedBatch.Refuse(s.Since, act.Occurred)
		}
		return allowDays(l, e.Days, act.Occurred)
	case Cancelled:
		if e.Plan != s.plan() {
			return otherPlan.Refuse()
		}
	}
	return nil
}

func allowPlan(m calendar.Month, starts, on calendar.Date) error {
	if m.Last() < on {
		return planTooLate.Refuse(on, m)
	}
	if month := (calendar.Range{From: m.First(), To: m.Last()}); !starts.IsZero() && !month.Has(starts) {
		return startsOutsideMonth.Refuse(starts, m)
	}
	return nil
}

// allowDays keeps a batch to the days of the law; where the files know no law for the day, to none.
func allowDays(l *law.Law, days int, on calendar.Date) error {
	if c, ok := l.Convalescence(on); ok && (days < c.MinDays || days > c.MaxDays) {
		return daysOutsideLaw.Refuse(c.MinDays, c.MaxDays)
	}
	return nil
}
