package rehab

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Every act counts on its day. An escape, a transfer or a death of somebody who is only held counts in the total and
// in no part: the tables of the centres divide these figures by compulsory and voluntary alone.
var indicators = []domain.Indicator{
	{ID: "rehab.present", Label: domain.Text{Vi: "Học viên đang có mặt tại cơ sở", En: "Trainees present"}, Unit: "học viên", Measure: domain.Stock,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding")},
	{ID: "rehab.on_roll", Label: domain.Text{Vi: "Học viên đang quản lý theo danh sách", En: "Trainees on the roll"}, Unit: "học viên", Measure: domain.Stock,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding")},
	{ID: "rehab.admitted", Label: domain.Text{Vi: "Học viên tiếp nhận", En: "Admitted"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding"), Law: "TT 05/2011, biểu 02-BCN"},
	{ID: "rehab.completed", Label: domain.Text{Vi: "Học viên hoàn thành cai nghiện", En: "Completed"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary"), Law: "NĐ 116/2021 Đ62, mẫu 46"},
	{ID: "rehab.escaped", Label: domain.Text{Vi: "Học viên bỏ trốn", En: "Escaped"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary"), Law: "NĐ 116/2021 Đ56"},
	{ID: "rehab.returned", Label: domain.Text{Vi: "Học viên bỏ trốn trở lại", En: "Returned after escape"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary"), Law: "NĐ 116/2021 Đ56"},
	{ID: "rehab.transferred_in", Label: domain.Text{Vi: "Học viên chuyển đến", En: "Transferred in"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary")},
	{ID: "rehab.transferred_out", Label: domain.Text{Vi: "Học viên chuyển đi", En: "Transferred out"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary")},
	{ID: "rehab.died", Label: domain.Text{Vi: "Học viên chết", En: "Died"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary"), Law: "NĐ 116/2021 Đ61"},
}

func contribute(act domain.Act) []domain.Contribution {
	on := act.Occurred
	switch e := act.Event.(type) {
	case Admitted:
		return []domain.Contribution{e.adds("admitted", on, 1, e.Regime), e.stock("on_roll", on, 1), e.stock("present", on, 1)}
	case TransferredIn:
		return []domain.Contribution{e.flow("transferred_in", on), e.stock("on_roll", on, 1), e.stock("present", on, 1)}
	case Escaped:
		return []domain.Contribution{e.flow("escaped", on), e.stock("present", on, -1)}
	case Returned:
		return []domain.Contribution{e.flow("returned", on), e.stock("present", on, 1)}
	case LeftTemporarily:
		return []domain.Contribution{e.stock("present", on, -1)}
	case CameBack:
		return []domain.Contribution{e.stock("present", on, 1)}
	case TransferredOut:
		return append(e.leaves(on), e.flow("transferred_out", on))
	case Completed:
		return append(e.leaves(on), e.flow("completed", on))
	case Released:
		return e.leaves(on)
	case Died:
		return append(e.leaves(on), e.flow("died", on))
	}
	return nil
}

func (l Leaving) leaves(on calendar.Date) []domain.Contribution {
	cs := []domain.Contribution{l.stock("on_roll", on, -1)}
	if !l.Absent {
		cs = append(cs, l.stock("present", on, -1))
	}
	return cs
}

func (t Trainee) stock(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return t.adds(indicator, on, quantity, t.Regime)
}

func (t Trainee) flow(indicator string, on calendar.Date) domain.Contribution {
	if t.Regime == "holding" {
		return t.adds(indicator, on, 1, "")
	}
	return t.adds(indicator, on, 1, t.Regime)
}

func (t Trainee) adds(indicator string, on calendar.Date, quantity int64, regime string) domain.Contribution {
	return domain.Contribution{
		Indicator: "rehab." + indicator, Occurred: on, Area: t.Commune,
		Breakdown: domain.Split("regime", regime), Quantity: quantity, Person: t.Person,
	}
}
