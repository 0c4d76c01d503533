package report

import (
	"fmt"
	"strconv"
	"strings"
)

// keyNames are the breakdowns of indicators.csv in words.
var keyNames = map[string]string{
	"channel": "hình thức", "residence": "nơi cư trú", "sex": "giới tính", "age": "độ tuổi", "reason": "lý do",
	"kind": "loại", "purpose": "mục đích", "where": "nơi làm việc", "level": "trình độ", "outcome": "kết quả", "campaign": "đợt",
	"category": "đối tượng", "procedure": "thủ tục", "timeliness": "thời hạn", "regime": "chế độ", "method": "phương pháp",
}

// valueNames are their values, where a word means the same under every key.
var valueNames = map[string]string{
	"direct": "trực tiếp", "portal": "cổng dịch vụ công", "post": "bưu chính", "proxy": "ủy quyền", "account": "tài khoản", "cash": "tiền mặt",
	"own": "trong tỉnh", "other_province": "tỉnh khác", "female": "nữ", "male": "nam",
	"up_to_30": "đến 30", "31_40": "31–40", "41_50": "41–50", "51_60": "51–60", "over_60": "trên 60",
	"job": "có việc làm", "three_missed": "3 tháng không thông báo", "sanctioned": "bị xử phạt", "expired": "hết thời gian", "own_request": "tự đề nghị",
	"other": "khác", "relative": "thân nhân", "on_time": "đúng hạn", "overdue": "quá hạn",
	"fixed": "cố định", "mobile": "lưu động", "online": "trực tuyến", "plan": "kế hoạch", "decision": "quyết định", "letter": "công văn", "report": "báo cáo",
	"policy": "chính sách", "vocational": "học nghề", "placement": "giới thiệu việc làm", "unemployment": "thất nghiệp",
	"in_province": "trong tỉnh", "abroad": "ngoài nước", "loan": "vay vốn", "exchange": "sàn giao dịch",
	"under_3_months": "dưới 03 tháng", "so_cap": "sơ cấp", "trung_cap": "trung cấp", "cao_dang": "cao đẳng",
	"surgery": "chỉ định phẫu thuật", "consult": "hẹn hội chẩn", "none": "không chỉ định",
	"compulsory": "bắt buộc", "voluntary": "tự nguyện", "holding": "lưu trú", "evidence": "thực chứng", "dna": "ADN",
}

// keyName returns a breakdown key in words, or itself where it has none.
func keyName(key string) string { return orItself(keyNames, key) }

// valueName returns a breakdown's value in words: a category by its letter in PL 02/2020 Đ3.1, a code as itself.
func valueName(key, value string) string {
	if key == "campaign" {
		return campaignName(value)
	}
	if key == "category" && value != "relative" && value != "khác" {
		if value == "dd" {
			value = "đ"
		}
		return "điểm " + value
	}
	return orItself(valueNames, value)
}

func orItself(names map[string]string, s string) string {
	if name, ok := names[s]; ok {
		return name
	}
	return s
}

// The ten stems (can) and twelve branches (chi) that name the years of the lunar calendar; the year 4 was Giáp Tý.
var (
	stems    = []string{"Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý"}
	branches = []string{"Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi"}
)

// campaignName names a campaign by its code: tet-2024 is Tết Giáp Thìn 2024, giap-hat-2024 the lean season of 2024; others
// are their code.
func campaignName(code string) string {
	for prefix, name := range map[string]string{"tet-": "Tết", "giap-hat-": "giáp hạt"} {
		digits, ok := strings.CutPrefix(code, prefix)
		year, err := strconv.Atoi(digits)
		if !ok || err != nil || year < 1900 || year > 2999 {
			continue
		}
		if prefix == "tet-" {
			return fmt.Sprintf("%s %s %s %d", name, stems[(year-4)%10], branches[(year-4)%12], year)
		}
		return fmt.Sprintf("%s năm %d", name, year)
	}
	return code
}

// KeyName returns what a breakdown is called, or its key where it has no name.
func KeyName(key string) string { return keyName(key) }

// ValueName returns a value of a closed set in words, or itself where there are none.
func ValueName(key, value string) string { return valueName(key, value) }
