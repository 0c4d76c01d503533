package merit

import (
	"errors"
	"strings"
	"time"

	"hoso/domain/calendar"
)

// Code names a procedure: small letters, digits, "_" and ".", so that it can stand in a breakdown.
type Code string

// UnmarshalText reads a code and refuses other signs.
func (c *Code) UnmarshalText(b []byte) error {
	if strings.Trim(string(b), "abcdefghijklmnopqrstuvwxyz0123456789_.") != "" || len(b) > 40 {
		return errors.New("mã thủ tục chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới và dấu chấm, nhiều nhất 40 ký tự")
	}
	*c = Code(b)
	return nil
}

// Procedure is a procedure of NĐ 131/2021 with the time in which the department answers. The steps before it, at the
// commune and until 30/6/2025 the district, have times of their own and are not in here. The set is open: a dossier
// of another procedure states when it is due.
type Procedure struct {
	Code    Code
	Label   string
	Days    int
	Working bool // working days; otherwise days of the calendar
	Law     string
}

// Procedures is the table of NĐ 131/2021, in the order of its articles.
var Procedures = []Procedure{
	{"revolutionary", "Công nhận người hoạt động cách mạng", 12, false, "NĐ 131/2021 Đ7, Đ12"},
	{"martyr_relatives", "Trợ cấp đối với thân nhân liệt sĩ", 20, false, "NĐ 131/2021 Đ26"},
	{"martyr_worship", "Trợ cấp thờ cúng liệt sĩ", 12, false, "NĐ 131/2021 Đ28"},
	{"relative_added", "Bổ sung thân nhân liệt sĩ", 12, false, "NĐ 131/2021 Đ29"},
	{"hero", "Trợ cấp đối với Mẹ Việt Nam anh hùng, Anh hùng", 12, false, "NĐ 131/2021 Đ30, Đ32"},
	{"war_invalid", "Công nhận thương binh", 84, false, "NĐ 131/2021 Đ39: 12 ngày, giám định y khoa 60 ngày, 12 ngày"},
	{"sick_soldier", "Công nhận bệnh binh", 12, false, "NĐ 131/2021 Đ51"},
	{"toxic_chemical", "Công nhận người bị nhiễm chất độc hóa học", 12, false, "NĐ 131/2021 Đ56, Đ57"},
	{"imprisoned", "Công nhận người bị địch bắt tù, đày", 12, false, "NĐ 131/2021 Đ62"},
	{"resistance", "Công nhận người hoạt động kháng chiến", 12, false, "NĐ 131/2021 Đ66"},
	{"helper", "Công nhận người có công giúp đỡ cách mạng", 12, false, "NĐ 131/2021 Đ69"},
	{"education", "Ưu đãi giáo dục", 7, true, "NĐ 131/2021 Đ97"},
	{"resumption", "Hưởng lại trợ cấp", 12, false, "NĐ 131/2021 Đ119"},
	{"funeral", "Mai táng phí", 12, false, "NĐ 131/2021 Đ122"},
	{"one_off_death", "Trợ cấp một lần khi người có công chết", 12, false, "NĐ 131/2021 Đ123"},
	{"survivor", "Trợ cấp tuất hằng tháng", 12, false, "NĐ 131/2021 Đ124"},
	{"extract", "Trích lục, sao hồ sơ", 12, false, "NĐ 131/2021 Đ129"},
	{"personal_data", "Sửa đổi thông tin cá nhân", 24, false, "NĐ 131/2021 Đ130: hai bước, mỗi bước 12 ngày"},
	{"moved", "Di chuyển hồ sơ", 12, false, "NĐ 131/2021 Đ131"},
}

// due returns the last day for the answer to a dossier received on a day; no date where the table does not have the
// procedure. Saturdays and Sundays are not working days; public holidays are not known here yet.
func due(procedure Code, received calendar.Date) calendar.Date {
	for _, p := range Procedures {
		switch {
		case p.Code != procedure:
		case p.Working:
			return addWorkingDays(received, p.Days)
		default:
			return received.AddDays(p.Days)
		}
	}
	return 0
}

func addWorkingDays(d calendar.Date, n int) calendar.Date {
	for n > 0 {
		d = d.AddDays(1)
		if w := d.Time().Weekday(); w != time.Saturday && w != time.Sunday {
			n--
		}
	}
	return d
}
