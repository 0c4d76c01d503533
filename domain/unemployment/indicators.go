package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// ages are the bands of form 34, part I.
const ages = "age=up_to_30|31_40|41_50|51_60|over_60"

// Claims are counted by date of filing, decisions by date of signature, terminations by the date on which they take
// effect. Cancelled decisions are a figure of their own and are not taken off the decisions (form 34, row II.3).
var indicators = []domain.Indicator{
	{ID: "unemployment.claims", Label: domain.Text{Vi: "Hồ sơ đề nghị hưởng trợ cấp thất nghiệp", En: "Claims filed"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By("channel=direct|portal|post|proxy; residence=own|other_province; sex=female|male"), Law: "Mẫu 34 II.1, NĐ 374/2025"},
	{ID: "unemployment.refused", Label: domain.Text{Vi: "Hồ sơ không đủ điều kiện hưởng", En: "Claims refused"}, Unit: "hồ sơ", Measure: domain.Flow, Law: "Mẫu 34 II.2"},
	{ID: "unemployment.withdrawn", Label: domain.Text{Vi: "Hồ sơ rút (không có nhu cầu hưởng)", En: "Claims withdrawn"}, Unit: "hồ sơ", Measure: domain.Flow, Law: "TT 28/2015, mẫu 08"},
	{ID: "unemployment.pending", Label: domain.Text{Vi: "Hồ sơ đang xem xét", En: "Claims pending"}, Unit: "hồ sơ", Measure: domain.Stock},
	{ID: "unemployment.decisions", Label: domain.Text{Vi: "Người có quyết định hưởng trợ cấp thất nghiệp", En: "Benefit decisions"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By("sex=female|male; age=up_to_30|31_40|41_50|51_60|over_60"), Law: "Mẫu 34 I"},
	{ID: "unemployment.decisions_cancelled", Label: domain.Text{Vi: "Quyết định bị hủy", En: "Decisions cancelled"}, Unit: "quyết định", Measure: domain.Flow, Law: "Mẫu 34 II.3"},
	{ID: "unemployment.transferred_out", Label: domain.Text{Vi: "Chuyển nơi hưởng đi", En: "Transferred out"}, Unit: "người", Measure: domain.Flow, Law: "Mẫu 34 II.4"},
	{ID: "unemployment.transferred_in", Label: domain.Text{Vi: "Chuyển nơi hưởng đến", En: "Transferred in"}, Unit: "người", Measure: domain.Flow, Law: "Mẫu 34 II.4"},
	{ID: "unemployment.notices", Label: domain.Text{Vi: "Lượt thông báo tìm kiếm việc làm hằng tháng", En: "Monthly job-search notices"}, Unit: "lượt", Measure: domain.Flow},
	{ID: "unemployment.suspended", Label: domain.Text{Vi: "Người bị tạm dừng hưởng", En: "Suspended"}, Unit: "người", Measure: domain.Flow, Law: "Mẫu 34 II.5"},
	{ID: "unemployment.resumed", Label: domain.Text{Vi: "Người tiếp tục hưởng", En: "Resumed"}, Unit: "người", Measure: domain.Flow, Law: "Mẫu 34 II.6"},
	{ID: "unemployment.terminated", Label: domain.Text{Vi: "Người chấm dứt hưởng", En: "Terminated"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By("reason=job|three_missed|sanctioned|expired|own_request|other"), Law: "Mẫu 34 II.7"},
	{ID: "unemployment.receiving", Label: domain.Text{Vi: "Người đang hưởng trợ cấp thất nghiệp", En: "Receiving benefit"}, Unit: "người", Measure: domain.Stock, Once: true},
	{ID: "unemployment.amount_decided", Label: domain.Text{Vi: "Số tiền trợ cấp thất nghiệp theo quyết định", En: "Benefit decided"}, Unit: "VND", Measure: domain.Flow, Law: "Mẫu 34 II.9"},
	{ID: "unemployment.amount_paid", Label: domain.Text{Vi: "Số tiền trợ cấp thất nghiệp đã chi trả", En: "Benefit paid"}, Unit: "VND", Measure: domain.Flow},
	{ID: "unemployment.average_level", Label: domain.Text{Vi: "Mức hưởng bình quân", En: "Average level"}, Unit: "VND", Measure: domain.Ratio,
		Over: "unemployment.levels", Under: "unemployment.decisions", Law: "Mẫu 34 II.10"},
	{ID: "unemployment.at_max_level", Label: domain.Text{Vi: "Người hưởng mức tối đa", En: "At the highest level"}, Unit: "người", Measure: domain.Flow, Law: "Mẫu 34 II.11"},
	{ID: "unemployment.average_months", Label: domain.Text{Vi: "Số tháng hưởng bình quân", En: "Average months"}, Unit: "tháng", Measure: domain.Ratio,
		Over: "unemployment.months", Under: "unemployment.decisions", Scale: 100, Law: "Mẫu 34 II.12"},
	{ID: "unemployment.vocational_decisions", Label: domain.Text{Vi: "Người có quyết định hỗ trợ học nghề", En: "Vocational support decided"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By("sex=female|male"), Law: "Mẫu 34 I"},
	{ID: "unemployment.vocational_cancelled", Label: domain.Text{Vi: "Quyết định hỗ trợ học nghề bị hủy", En: "Vocational support cancelled"}, Unit: "quyết định", Measure: domain.Flow, Law: "Mẫu 34 II.8"},
	{ID: "unemployment.vocational_amount", Label: domain.Text{Vi: "Kinh phí hỗ trợ học nghề", En: "Vocational spending"}, Unit: "VND", Measure: domain.Flow, Law: "Mẫu 34 II.13"},
	{ID: "unemployment.recoveries", Label: domain.Text{Vi: "Trường hợp phải thu hồi", En: "Recoveries ordered"}, Unit: "trường hợp", Measure: domain.Flow, Law: "TT 28/2015, mẫu 34–36"},
	{ID: "unemployment.recovery_amount", Label: domain.Text{Vi: "Số tiền phải thu hồi", En: "Amount to be recovered"}, Unit: "VND", Measure: domain.Flow, Law: "TT 28/2015, mẫu 34–36"},
	// Part I of the form divides by age and shows the women of each band; a breakdown has one key, so they are figures.
	{ID: "unemployment.decisions_female", Label: domain.Text{Vi: "Nữ có quyết định hưởng trợ cấp thất nghiệp", En: "Benefit decisions, women"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By(ages), Law: "Mẫu 34 I"},
	{ID: "unemployment.vocational_persons", Label: domain.Text{Vi: "Người có quyết định hỗ trợ học nghề, theo nhóm tuổi", En: "Vocational support decided, by age"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By(ages), Law: "Mẫu 34 I"},
	{ID: "unemployment.vocational_female", Label: domain.Text{Vi: "Nữ có quyết định hỗ trợ học nghề", En: "Vocational support decided, women"}, Unit: "người", Measure: domain.Flow,
		Breakdowns: domain.By(ages), Law: "Mẫu 34 I"},
	{ID: "unemployment.vocational_amount_receiving", Label: domain.Text{Vi: "Kinh phí hỗ trợ học nghề cho người đang hưởng trợ cấp thất nghiệp", En: "Vocational spending for those who receive benefit"}, Unit: "VND", Measure: domain.Flow, Law: "Mẫu 34 II.13"},
	{ID: "unemployment.levels", Label: domain.Text{Vi: "Tổng mức hưởng hằng tháng", En: "Sum of levels"}, Unit: "VND", Measure: domain.Flow, Hidden: true},
	{ID: "unemployment.months", Label: domain.Text{Vi: "Tổng số tháng hưởng", En: "Sum of months"}, Unit: "tháng", Measure: domain.Flow, Hidden: true},
}

// A transfer that is withdrawn is taken back on the day on which it was referred, so nothing has left by it.
var balances = []domain.Balance{
	{Stock: "unemployment.pending", Enter: []string{"unemployment.claims"},
		Leave: []string{"unemployment.withdrawn", "unemployment.refused", "unemployment.decisions"}},
	{Stock: "unemployment.receiving", Enter: []string{"unemployment.decisions", "unemployment.transferred_in"},
		Leave: []string{"unemployment.decisions_cancelled", "unemployment.terminated", "unemployment.transferred_out"}},
}

func contribute(act domain.Act) []domain.Contribution {
	on := act.Occurred
	switch e := act.Event.(type) {
	case Filed:
		return []domain.Contribution{
			e.adds("claims", on, 1, "channel", e.Channel, "residence", e.Residence, "sex", e.Sex),
			e.adds("pending", on, 1),
		}
	case Withdrawn:
		return []domain.Contribution{e.adds("withdrawn", on, 1), e.adds("pending", on, -1)}
	case Refused:
		return []domain.Contribution{e.adds("refused", on, 1), e.adds("pending", on, -1)}
	case Decided:
		cs := []domain.Contribution{
			e.adds("decisions", on, 1, "sex", e.Sex, "age", e.Age),
			e.adds("amount_decided", on, int64(e.Level)*int64(e.Months)),
			e.adds("levels", on, int64(e.Level)),
			e.adds("months", on, int64(e.Months)),
			e.adds("pending", on, -1),
			e.adds("receiving", on, 1),
		}
		if e.Sex == "female" {
			cs = append(cs, e.adds("decisions_female", on, 1, "age", e.Age))
		}
		if e.AtMax {
			cs = append(cs, e.adds("at_max_level", on, 1))
		}
		return cs
	case Cancelled:
		return []domain.Contribution{e.adds("decisions_cancelled", on, 1), e.adds("receiving", on, -1)}
	case NoticeReceived:
		return []domain.Contribution{e.adds("notices", on, 1)}
	case Suspended:
		return []domain.Contribution{e.adds("suspended", on, 1)}
	case Resumed:
		return []domain.Contribution{e.adds("resumed", on, 1)}
	case Terminated:
		return []domain.Contribution{e.adds("terminated", e.Effective, 1, "reason", e.Reason), e.adds("receiving", e.Effective, -1)}
	case Expired:
		return []domain.Contribution{e.adds("terminated", on, 1, "reason", "expired"), e.adds("receiving", on, -1)}
	case TransferredOut:
		return []domain.Contribution{e.adds("transferred_out", on, 1), e.adds("receiving", on, -1)}
	case TransferWithdrawn:
		return []domain.Contribution{e.adds("transferred_out", e.Referred, -1), e.adds("receiving", e.Referred, 1)}
	case RecoveryOrdered:
		return []domain.Contribution{e.adds("recoveries", on, 1), e.adds("recovery_amount", on, int64(e.Amount))}
	case VocationalDecided:
		cs := []domain.Contribution{
			e.adds("vocational_decisions", on, 1, "sex", e.Sex),
			e.adds("vocational_persons", on, 1, "age", e.Age),
			e.adds("vocational_amount", on, int64(e.Amount)),
		}
		if e.Sex == "female" {
			cs = append(cs, e.adds("vocational_female", on, 1, "age", e.Age))
		}
		if e.Receives {
			cs = append(cs, e.adds("vocational_amount_receiving", on, int64(e.Amount)))
		}
		return cs
	case VocationalCancelled:
		return []domain.Contribution{e.adds("vocational_cancelled", on, 1)}
	case TransferredIn:
		return []domain.Contribution{e.adds("transferred_in", on, 1), e.adds("receiving", on, 1)}
	case Paid:
		return []domain.Contribution{e.adds("amount_paid", on, int64(e.Amount))}
	}
	return nil
}

func (c Claimant) adds(indicator string, on calendar.Date, quantity int64, by ...string) domain.Contribution {
	return domain.Contribution{
		Indicator: "unemployment." + indicator, Occurred: on, Area: c.Commune,
		Breakdown: domain.Split(by...), Quantity: quantity, Person: c.Person,
	}
}
