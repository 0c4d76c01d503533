package report

// keyNames are the breakdowns of indicators.csv in words.
var keyNames = map[string]string{
	"channel": "hình thức", "residence": "nơi cư trú", "sex": "giới tính", "age": "độ tuổi", "reason": "lý do",
	"category": "đối tượng", "procedure": "thủ tục", "timeliness": "thời hạn", "regime": "chế độ", "method": "phương pháp",
}

// valueNames are their values, where a word means the same under every key.
var valueNames = map[string]string{
	"direct": "trực tiếp", "portal": "cổng dịch vụ công", "post": "bưu chính", "proxy": "ủy quyền", "account": "tài khoản", "cash": "tiền mặt",
	"own": "trong tỉnh", "other_province": "tỉnh khác", "female": "nữ", "male": "nam",
	"up_to_30": "đến 30", "31_40": "31–40", "41_50": "41–50", "51_60": "51–60", "over_60": "trên 60",
	"job": "có việc làm", "three_missed": "3 tháng không thông báo", "sanctioned": "bị xử phạt", "expired": "hết thời gian", "own_request": "tự đề nghị",
	"other": "khác", "relative": "thân nhân", "on_time": "đúng hạn", "overdue": "quá hạn",
	"compulsory": "bắt buộc", "voluntary": "tự nguyện", "holding": "lưu trú", "evidence": "thực chứng", "dna": "ADN",
}

// keyName returns a breakdown key in words, or itself where it has none.
func keyName(key string) string { return orItself(keyNames, key) }

// valueName returns a breakdown's value in words: a category by its letter in PL 02/2020 Đ3.1, a code as itself.
func valueName(key, value string) string {
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
