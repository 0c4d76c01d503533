package unemployment

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

var (
	otherReservation = domain.Rule{Code: "unemployment.other_reservation", Law: "NĐ 28/2015 Đ21; NĐ 374/2025 Đ8.6",
		Say: domain.Text{Vi: "số tháng đóng được bảo lưu tính ra là %d, không phải %d; nếu đúng vậy, hãy ghi lý do", En: "%d months of contributions are to be reserved, not %d; if it is meant, give the reason"}}
	reservationUnknown = domain.Rule{Code: "unemployment.reservation_unknown",
		Say: domain.Text{Vi: "hồ sơ không đủ dữ kiện để tính số tháng bảo lưu; hãy ghi số tháng", En: "the case does not say enough to compute the months; state them"}}
	alreadyReserved = domain.Rule{Code: "unemployment.already_reserved",
		Say: domain.Text{Vi: "đã có quyết định bảo lưu và từ đó không có gì thay đổi", En: "the months are reserved, and nothing has changed since"}}
)

// remaining returns the months of contributions that are left when so many months of benefit were used: each uses up
// twelve (NĐ 28/2015 Đ21, NĐ 374/2025 Đ8.6). Up to 36 months nothing can be left after three months of benefit; beyond,
// the odd months are. The law of 2025 keeps nothing of what lies beyond 144 months (NĐ 374/2025 Đ8.1).
func remaining(u law.Unemployment, paid, used int) int {
	if u.ReserveUpTo > 0 {
		paid = min(paid, u.ReserveUpTo)
	}
	return max(paid-u.StepPaid*used, 0)
}

// used returns how many months of benefit are used up when it ends on a day: the month in which it ends is received
// whole, and a suspended one is neither paid nor reserved. What nobody claimed is not used (NĐ 28/2015 Đ18, NĐ 374/2025
// Đ8.4).
func (s State) used(end calendar.Date) int {
	n := min(monthOf(s.Start, end), s.Months)
	return n - s.Unclaimed.among(n)
}

// reserved returns the months of contributions that a claim leaves when its benefit ends on a day. On a ground that
// keeps nothing only those are left of which the decision granted no benefit. False where the case does not say.
func (s State) reserved(u law.Unemployment, end calendar.Date, keeps bool) (int, bool) {
	if s.Paid == 0 || s.Start.IsZero() {
		return 0, false
	}
	if !keeps {
		return remaining(u, s.Paid, s.Months-s.Unclaimed.among(min(monthOf(s.Start, end), s.Months))), true
	}
	return remaining(u, s.Paid, s.used(end)), true
}

// reserve answers the decision on what was not claimed (forms 14, 15 of TT 28/2015; 13, 14 of NĐ 374/2025).
func reserve(l *law.Law, s State, cmd Reserve, on calendar.Date) (domain.Event, error) {
	if s.ReservationDecided {
		return nil, alreadyReserved.Refuse()
	}
	u, err := governing(l, on)
	if err != nil {
		return nil, err
	}
	months, known := s.Paid, s.Paid > 0
	if s.Status != StatusCancelled {
		months, known = s.reserved(u, s.End, s.Keeps)
		known = known && !s.Vague
	}
	switch {
	case cmd.Months == 0 && !known:
		return nil, reservationUnknown.Refuse()
	case cmd.Months != 0 && known && cmd.Months != months && cmd.Deviation.IsZero():
		return nil, otherReservation.Refuse(months, cmd.Months)
	case cmd.Months != 0:
		months = cmd.Months
	}
	return MonthsReserved{s.Claimant, months, cmd.Number, cmd.Deviation}, nil
}
