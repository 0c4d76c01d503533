package merit

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

const (
	byPayment   = "channel=account|cash; category=a|b|c|d|dd|e|g|h|i|k|l|m|relative"
	byCategory  = "category=a|b|c|d|dd|e|g|h|i|k|l|m|relative"
	byProcedure = "procedure=<code>"
)

// Dossiers count on the day of the act. The allowance counts by its months, whenever it is paid: persons and amounts on
// the first day of the allowance month, which lies in the month of that name under every calendar; a beneficiary from
// the first day of the first month to the last day of the last one. Somebody whose allowance is suspended stays a
// beneficiary: the right rests, it has not ended (NĐ 131/2021 Đ118).
var indicators = []domain.Indicator{
	{ID: "merit.allowance_persons", Label: domain.Text{Vi: "Người hưởng trợ cấp ưu đãi hằng tháng", En: "Persons paid a monthly allowance"}, Unit: "người", Measure: domain.Distinct,
		Breakdowns: domain.By(byPayment), Law: "PL 02/2020"},
	{ID: "merit.allowance_amount", Label: domain.Text{Vi: "Kinh phí trợ cấp ưu đãi hằng tháng", En: "Monthly allowances paid"}, Unit: "VND", Measure: domain.Flow,
		Breakdowns: domain.By(byPayment), Law: "NĐ 75/2021, 55/2023, 77/2024"},
	{ID: "merit.beneficiaries", Label: domain.Text{Vi: "Người đang hưởng trợ cấp hằng tháng", En: "Beneficiaries"}, Unit: "người", Measure: domain.Stock,
		Breakdowns: domain.By(byCategory)},
	{ID: "merit.dossiers_received", Label: domain.Text{Vi: "Hồ sơ người có công tiếp nhận", En: "Dossiers received"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By(byProcedure)},
	{ID: "merit.dossiers_resolved", Label: domain.Text{Vi: "Hồ sơ người có công đã giải quyết", En: "Dossiers resolved"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By(byProcedure + "; timeliness=on_time|overdue")},
	{ID: "merit.dossiers_pending", Label: domain.Text{Vi: "Hồ sơ người có công đang giải quyết", En: "Dossiers pending"}, Unit: "hồ sơ", Measure: domain.Stock,
		Breakdowns: domain.By(byProcedure)},
	{ID: "merit.dossiers_refused", Label: domain.Text{Vi: "Hồ sơ không đủ điều kiện", En: "Dossiers refused"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By(byProcedure), Law: "NĐ 131/2021 Đ126"},
	{ID: "merit.dossiers_returned", Label: domain.Text{Vi: "Hồ sơ trả lại bổ sung", En: "Dossiers returned"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By(byProcedure)},
	{ID: "merit.dossiers_withdrawn", Label: domain.Text{Vi: "Hồ sơ người có công rút", En: "Dossiers withdrawn"}, Unit: "hồ sơ", Measure: domain.Flow,
		Breakdowns: domain.By(byProcedure)},
}

var balances = []domain.Balance{{Stock: "merit.dossiers_pending", Enter: []string{"merit.dossiers_received"},
	Leave: []string{"merit.dossiers_resolved", "merit.dossiers_refused", "merit.dossiers_returned", "merit.dossiers_withdrawn"}}}

func contribute(act domain.Act) []domain.Contribution {
	on := act.Occurred
	switch e := act.Event.(type) {
	case Received:
		return []domain.Contribution{e.counts("received", on, 1), e.counts("pending", on, 1)}
	case Resolved:
		return []domain.Contribution{e.counts("resolved", on, 1, "timeliness", timeliness(e.Due, on)), e.counts("pending", on, -1)}
	case Refused:
		return []domain.Contribution{e.counts("refused", on, 1), e.counts("pending", on, -1)}
	case Returned:
		return []domain.Contribution{e.counts("returned", on, 1), e.counts("pending", on, -1)}
	case Withdrawn:
		return []domain.Contribution{e.counts("withdrawn", on, 1), e.counts("pending", on, -1)}
	case AllowanceStarted:
		return []domain.Contribution{e.adds("beneficiaries", e.From.First(), 1, "category", e.Category)}
	case AllowanceEnded:
		return []domain.Contribution{e.adds("beneficiaries", e.Last.Add(1).First(), -1, "category", e.Category)}
	case AllowancePaid:
		return []domain.Contribution{
			e.adds("allowance_persons", e.Month.First(), 1, "channel", e.Channel, "category", e.Category),
			e.adds("allowance_amount", e.Month.First(), int64(e.Amount), "channel", e.Channel, "category", e.Category),
		}
	}
	return nil
}

func timeliness(due, on calendar.Date) string {
	if on > due {
		return "overdue"
	}
	return "on_time"
}

func (d Dossier) counts(indicator string, on calendar.Date, quantity int64, by ...string) domain.Contribution {
	return d.adds("dossiers_"+indicator, on, quantity, append([]string{"procedure", string(d.Procedure)}, by...)...)
}

func (b Beneficiary) adds(indicator string, on calendar.Date, quantity int64, by ...string) domain.Contribution {
	return domain.Contribution{
		Indicator: "merit." + indicator, Occurred: on, Area: b.Commune,
		Breakdown: domain.Split(by...), Quantity: quantity, Person: b.Person,
	}
}
