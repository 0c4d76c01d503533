package unemployment

import (
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
)

// level returns the monthly benefit of a claim: 60 per cent of the average of six wages, at most five times a minimum
// (Luật 38/2013 Đ50.1, 74/2025 Đ39.1), and whether the limit took effect. False where the claim does not say enough.
// Half a đồng is rounded up.
func level(l *law.Law, u law.Unemployment, f Facts) (amount money.VND, atMax, ok bool) {
	highest, ok := limit(l, u, f)
	if !ok || f.Wages.IsZero() {
		return 0, false, false
	}
	sum := money.VND(0)
	for _, w := range f.Wages {
		sum += w
	}
	parts := money.VND(100 * len(f.Wages))
	amount = max((sum*money.VND(u.Percent)+parts/2)/parts, 1)
	return min(amount, highest), amount >= highest, true
}

// limit returns the highest benefit. Under the law of 2013 it depends on who set the wage, and the amounts are those of
// the day on which the work ended; under that of 2025 it is the minimum wage of the region in the last month of
// contributions. (NĐ 374/2025 Đ15.1 says "at the time when the contract ended"; the law goes before the decree.)
func limit(l *law.Law, u law.Unemployment, f Facts) (money.VND, bool) {
	if !f.recorded() {
		return 0, false
	}
	day := f.Ended
	if u.Law >= 2025 && !f.LastPaid.IsZero() {
		day = f.LastPaid.First()
	}
	return times(l, u, f, day)
}

func times(l *law.Law, u law.Unemployment, f Facts, day calendar.Date) (money.VND, bool) {
	if f.Scheme == "state" && u.StateCap > 0 {
		base, ok := l.Amount("base_salary", "", day)
		return money.VND(u.StateCap) * base.VND, ok
	}
	minimum, ok := l.Amount("minimum_wage", f.Region, day)
	return money.VND(u.Cap) * minimum.VND, ok
}
