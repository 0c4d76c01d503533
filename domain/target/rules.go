package target

import "hoso/domain"

var (
	unknownCommand = domain.Rule{Code: "target.unknown_command",
		Say: domain.Text{Vi: "chỉ tiêu kế hoạch không có lệnh này", En: "a target has no such command"}}
	alreadySet = domain.Rule{Code: "target.already_set",
		Say: domain.Text{Vi: "chỉ tiêu đã được giao; hãy điều chỉnh hoặc sửa", En: "the target is set; change or correct it"}}
	notSet = domain.Rule{Code: "target.not_set",
		Say: domain.Text{Vi: "chỉ tiêu chưa được giao", En: "the target is not set"}}
	unknownIndicator = domain.Rule{Code: "target.unknown_indicator",
		Say: domain.Text{Vi: "không có chỉ tiêu này, hoặc là tỷ số nên không giao kế hoạch", En: "there is no such indicator, or it is a ratio and cannot have a target"}}
	otherGoal = domain.Rule{Code: "target.other_goal",
		Say: domain.Text{Vi: "chỉ tiêu, đơn vị và năm phải như khi giao; hãy hủy các lần điều chỉnh rồi ghi lại", En: "indicator, unit and year must be those that were set; void the changes and record anew"}}
	sameValue = domain.Rule{Code: "target.same_value",
		Say: domain.Text{Vi: "giá trị mới bằng giá trị đang có", En: "the new value is the one in force"}}
	wasOther = domain.Rule{Code: "target.was_other",
		Say: domain.Text{Vi: "giá trị trước khi điều chỉnh là %d", En: "the value before the change was %d"}}
	tooEarly = domain.Rule{Code: "target.too_early",
		Say: domain.Text{Vi: "ngày %s sớm hơn ngày %s của việc trước đó", En: "%s is before %s, the day of the act before it"}}
)

func allow(planned map[string]bool) func(State, domain.Act) error {
	return func(s State, act domain.Act) error {
		if act.Occurred < s.Since {
			return tooEarly.Refuse(act.Occurred, s.Since)
		}
		if e, ok := act.Event.(interface{ goal() Goal }); ok && s.Status != "" && e.goal() != s.Goal {
			return otherGoal.Refuse()
		}
		switch e := act.Event.(type) {
		case WasSet:
			if s.Status != "" {
				return alreadySet.Refuse()
			}
			if !planned[e.Indicator] {
				return unknownIndicator.Refuse()
			}
		case Changed:
			if s.Status == "" {
				return notSet.Refuse()
			}
			if e.Was != s.Value {
				return wasOther.Refuse(s.Value)
			}
			if e.Value == e.Was {
				return sameValue.Refuse()
			}
		}
		return nil
	}
}
