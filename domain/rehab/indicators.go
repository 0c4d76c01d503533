package rehab

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Every act counts on its day, so that on every day
//
//	on_roll = admitted + transferred_in − completed − released − transferred_out − died
//	present = on_roll − escaped + returned − left_temporarily + came_back + ended_absent
//
// each since the beginning. Who ends a stay while absent has left those present before: the last term. An escape, a transfer or a death of somebody who is only held counts in the total and
// in no part: the tables of the centres divide these figures by compulsory and voluntary alone.
var indicators = []domain.Indicator{
	{ID: "rehab.present", Label: domain.Text{Vi: "Học viên đang có mặt tại cơ sở", En: "Trainees present"}, Unit: "học viên", Measure: domain.Stock,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding")},
	{ID: "rehab.on_roll", Label: domain.Text{Vi: "Học viên đang quản lý theo danh sách", En: "Trainees on the roll"}, Unit: "học viên", Measure: domain.Stock, Once: true,
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
	{ID: "rehab.released", Label: domain.Text{Vi: "Học viên ra khỏi cơ sở khi chưa hoàn thành", En: "Released before completion"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding"), Law: "NĐ 116/2021 Đ44, Đ58"},
	{ID: "rehab.left_temporarily", Label: domain.Text{Vi: "Học viên tạm ra khỏi cơ sở", En: "Left temporarily"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding"), Law: "NĐ 116/2021 Đ58, Đ59"},
	{ID: "rehab.came_back", Label: domain.Text{Vi: "Học viên trở lại sau khi tạm ra", En: "Came back from leave"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding"), Law: "NĐ 116/2021 Đ58, Đ59"},
	{ID: "rehab.ended_absent", Label: domain.Text{Vi: "Học viên kết thúc khi đang vắng mặt", En: "Ended while absent"}, Unit: "học viên", Measure: domain.Flow,
		Breakdowns: domain.By("regime=compulsory|voluntary|holding")},
}

var balances = []domain.Balance{
	{Stock: "rehab.on_roll", Enter: []string{"rehab.admitted", "rehab.transferred_in"},
		Leave: []string{"rehab.completed", "rehab.released", "rehab.transferred_out", "rehab.died"}},
	{Stock: "rehab.present", Enter: []string{"rehab.admitted", "rehab.transferred_in", "rehab.returned", "rehab.came_back", "rehab.ended_absent"},
		Leave: []string{"rehab.escaped", "rehab.left_temporarily", "rehab.completed", "rehab.released", "rehab.transferred_out", "rehab.died"}},
}

func contribute(act domain.Act) []domain.Contribution {
	on := act.Occurred
	switch e := act.Event.(type) {
	case Admitted:
		return []domain.Contribution{e.counts("admitted", on, 1), e.counts("on_roll", on, 1), e.counts("present", on, 1)}
	case TransferredIn:
		return []domain.Contribution{e.flow("transferred_in", on), e.counts("on_roll", on, 1), e.counts("present", on, 1)}
	case Escaped:
		return []domain.Contribution{e.flow("escaped", on), e.counts("present", on, -1)}
	case Returned:
		return []domain.Contribution{e.flow("returned", on), e.counts("present", on, 1)}
	case LeftTemporarily:
		return []domain.Contribution{e.counts("left_temporarily", on, 1), e.counts("present", on, -1)}
	case CameBack:
		return []domain.Contribution{e.counts("came_back", on, 1), e.counts("present", on, 1)}
	case TransferredOut:
		return append(e.leaves(on), e.flow("transferred_out", on))
	case Completed:
		return append(e.leaves(on), e.flow("completed", on))
	case Released:
		return append(e.leaves(on), e.counts("released", on, 1))
	case Died:
		return append(e.leaves(on), e.flow("died", on))
	}
	return nil
}

func (l Leaving) leaves(on calendar.Date) []domain.Contribution {
	cs := []domain.Contribution{l.counts("on_roll", on, -1)}
	if l.Absent {
		return append(cs, l.counts("ended_absent", on, 1))
	}
	return append(cs, l.counts("present", on, -1))
}

func (t Trainee) counts(indicator string, on calendar.Date, quantity int64) domain.Contribution {
	return t.adds(indicator, on, quantity, t.Regime)
}

// flow counts in the total alone where somebody is only held.
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
