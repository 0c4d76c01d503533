package unemployment

import "hoso/domain/law"

// duration returns the months of benefit for months of contributions: 12 to 36 give three, each further twelve one more,
// twelve at most (Luật 38/2013 Đ50.2, 74/2025 Đ39.2).
func duration(u law.Unemployment, paid int) int {
	if paid < u.LeastPaid {
		return 0
	}
	return min(u.FirstMonths+max(paid-u.FirstPaid, 0)/u.StepPaid, u.MostMonths)
}
