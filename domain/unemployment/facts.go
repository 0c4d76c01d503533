package unemployment

import (
	"errors"
	"strconv"
	"strings"

	"hoso/domain/calendar"
	"hoso/domain/money"
)

// Facts are what the papers of a claim say about the work that ended and the contributions. All of them may be missing:
// an import, or a claim of older days, has only the months of contributions. A claim that says when the work ended is
// held to the law's clock; for the others what is stated is taken.
type Facts struct {
	Ended    calendar.Date  `json:"ended,omitzero" vi:"Ngày chấm dứt hợp đồng hoặc việc làm" en:"Day on which the work ended" law:"Luật Việc làm 38/2013 Đ49; 74/2025 Đ38"`
	Contract string         `json:"contract,omitempty" vi:"Loại hợp đồng" en:"Kind of contract" values:"indefinite|fixed|short" hint:"không xác định thời hạn, xác định thời hạn từ đủ 12 tháng, dưới 12 tháng"`
	Left     string         `json:"left,omitempty" vi:"Lý do nghỉ việc" en:"How the work ended" values:"lawfully|unlawfully|pension" hint:"đúng pháp luật, đơn phương trái pháp luật, đủ điều kiện hoặc đang hưởng lương hưu"`
	Recent   int            `json:"recent_months,omitempty" vi:"Số tháng đóng trong 24 tháng (hợp đồng dưới 12 tháng: 36 tháng) trước khi nghỉ" en:"Months contributed in the 24 (short contracts: 36) months before" unit:"tháng" min:"0" max:"36"`
	LastPaid calendar.Month `json:"last_paid,omitzero" vi:"Tháng cuối cùng đóng bảo hiểm" en:"Last month of contributions" law:"Luật Việc làm 74/2025 Đ39.1"`
	Wages    Wages          `json:"wages,omitzero" vi:"Tiền lương sáu tháng đóng gần nhất" en:"Wages of the last six contributed months" unit:"VND" hint:"sáu số tiền, cách nhau bằng dấu cách"`
	Region   string         `json:"region,omitempty" vi:"Vùng lương tối thiểu của nơi làm việc cuối cùng" en:"Minimum-wage region of the last workplace" values:"I|II|III|IV"`
	Scheme   string         `json:"scheme,omitempty" vi:"Chế độ tiền lương" en:"Who sets the wage" values:"employer|state" hint:"do người sử dụng lao động quyết định, do Nhà nước quy định"`
}

// recorded tells whether the claim is held to the law's clock.
func (f Facts) recorded() bool { return !f.Ended.IsZero() }

// Wages are the monthly wages on which contributions were paid in the last six months that have any, the oldest first.
// Months without contributions in between are skipped (TT 28/2015 Đ8.1; NĐ 374/2025 Đ15.1). The zero value is unknown.
type Wages [6]money.VND

// IsZero tells whether the wages are unknown.
func (w Wages) IsZero() bool { return w == Wages{} }

var errWages = errors.New("cần đúng sáu số tiền từ 1 đến 1000000000 đồng, cách nhau bằng dấu cách")

// UnmarshalText reads six amounts between spaces, commas or semicolons.
func (w *Wages) UnmarshalText(b []byte) error {
	amounts := strings.FieldsFunc(string(b), func(r rune) bool { return strings.ContainsRune(" ,;", r) })
	if len(amounts) != len(w) {
		return errWages
	}
	for i, s := range amounts {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 || n > 1_000_000_000 {
			return errWages
		}
		w[i] = money.VND(n)
	}
	return nil
}

// MarshalText writes what UnmarshalText reads.
func (w Wages) MarshalText() ([]byte, error) {
	var amounts []string
	for _, v := range w {
		amounts = append(amounts, strconv.FormatInt(int64(v), 10))
	}
	return []byte(strings.Join(amounts, " ")), nil
}
