package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
)

var (
	levelUnknown = domain.Rule{Code: "unemployment.level_unknown",
		Say: domain.Text{Vi: "hồ sơ không có tiền lương hoặc vùng lương tối thiểu để tính mức hưởng; hãy ghi mức hưởng", En: "the claim does not carry the wages or the region from which the level follows; state the level"}}
	otherLevel = domain.Rule{Code: "unemployment.other_level", Law: "Luật Việc làm 38/2013 Đ50.1; 74/2025 Đ39.1",
		Say: domain.Text{Vi: "mức hưởng tính ra là %d đồng, không phải %d; nếu đúng vậy, hãy ghi lý do", En: "the level comes to %d đồng, not %d; if it is meant, give the reason"}}
	notAtMax = domain.Rule{Code: "unemployment.not_at_max", Law: "Luật Việc làm 38/2013 Đ50.1; 74/2025 Đ39.1",
		Say: domain.Text{Vi: "mức hưởng %d đồng chưa phải mức tối đa", En: "a level of %d đồng is not the highest"}}
	otherMonths = domain.Rule{Code: "unemployment.other_months", Law: "Luật Việc làm 38/2013 Đ50.2; 74/2025 Đ39.2",
		Say: domain.Text{Vi: "đóng %d tháng thì được hưởng %d tháng, không phải %d; nếu đúng vậy, hãy ghi lý do", En: "%d months of contributions give %d months of benefit, not %d; if it is meant, give the reason"}}
	otherStart = domain.Rule{Code: "unemployment.other_start", Law: "NĐ 28/2015 Đ18.1; Luật Việc làm 74/2025 Đ39.3",
		Say: domain.Text{Vi: "ngày bắt đầu hưởng tính ra là %s, không phải %s; nếu đúng vậy, hãy ghi lý do", En: "the benefit starts on %s, not on %s; if it is meant, give the reason"}}
)

// grant answers a decision: what it leaves open is computed, what it states must be what the law makes of the claim,
// unless it says why not. What the claim does not carry cannot be computed and is taken as stated.
func grant(l *law.Law, s State, cmd Decide, on calendar.Date) (domain.Event, error) {
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	e := Decided{Claimant: s.Claimant, Age: ageBand(on.Year() - s.BirthYear), Number: cmd.Number, Deviation: cmd.Deviation}
	as := !cmd.Deviation.IsZero() // take it as it is stated
	if err := entitled(l, u, s, on); err != nil && !as {
		return nil, err
	}
	if e.Level, e.AtMax, err = grantLevel(l, u, s.Facts, cmd, as); err != nil {
		return nil, err
	}
	e.Months = duration(u, s.Paid)
	if cmd.Months != 0 && cmd.Months != e.Months {
		if !as {
			return nil, otherMonths.Refuse(s.Paid, e.Months, cmd.Months)
		}
		e.Months = cmd.Months
	}
	if e.Months == 0 { // decided against the rule, and it does not say for how long
		return nil, tooFewMonths.Refuse(s.Paid, u.LeastPaid)
	}
	computed, known := firstDay(l, u, s)
	switch {
	case cmd.Start.IsZero() && known:
		e.Start = computed
	case known && s.Facts.recorded() && cmd.Start != computed && !as:
		return nil, otherStart.Refuse(computed, cmd.Start)
	default:
		e.Start = cmd.Start
	}
	e.Reserved = remaining(u, s.Paid, e.Months)
	return e, nil
}

func grantLevel(l *law.Law, u law.Unemployment, f Facts, cmd Decide, as bool) (money.VND, bool, error) {
	computed, atMax, known := level(l, u, f)
	switch {
	case cmd.Level == 0 && !known:
		return 0, false, levelUnknown.Refuse()
	case !known || as && cmd.Level != 0:
		return cmd.Level, cmd.AtMax, nil
	case cmd.Level != 0 && cmd.Level != computed:
		return 0, false, otherLevel.Refuse(computed, cmd.Level)
	case cmd.AtMax && !atMax:
		return 0, false, notAtMax.Refuse(computed)
	}
	return computed, atMax, nil
}
