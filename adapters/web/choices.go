package web

import (
	"strings"

	"hoso/domain"
	"hoso/projections/report"
)

// choices are the words of values whose fields do not say them in their hint, by field and value.
var choices = map[string]text{
	"ground request": {"theo yêu cầu", "on request"}, "ground retention_over": {"hết thời hạn lưu giữ", "retention is over"}, "ground court": {"theo quyết định của tòa án", "by a court"},
	"ground months": {"chưa đủ số tháng đóng", "not enough months"}, "ground late": {"nộp quá hạn", "filed too late"}, "ground left_unlawfully": {"nghỉ việc trái pháp luật", "left unlawfully"},
	"ground pension": {"hưởng lương hưu", "pension"}, "ground service": {"nghĩa vụ quân sự, công an", "military or police service"}, "ground study": {"đi học", "study"},
	"ground measures": {"chấp hành biện pháp xử lý hành chính", "administrative measures"}, "ground detained": {"bị tạm giam, phạt tù", "detained"}, "ground emigrated": {"ra nước ngoài định cư", "emigrated"},
	"ground died": {"chết", "died"}, "ground two_refusals": {"hai lần từ chối việc làm", "refused two jobs"}, "ground missing": {"mất tích", "missing"}, "ground moved": {"chuyển đi", "moved"}, "ground terminated": {"chấm dứt", "terminated"},
	"at commune": {"xã, phường", "commune"}, "at district": {"huyện", "district"}, "at department": {"Sở", "department"}, "at medical_panel": {"hội đồng giám định y khoa", "medical panel"}, "at military": {"quân đội", "military"},
	"at police": {"công an", "police"}, "at ministry": {"Bộ", "ministry"}, "at grave_office": {"nơi quản lý mộ", "grave office"}, "at other_department": {"Sở của tỉnh khác", "another department"},
	"reason hospital": {"đi bệnh viện", "hospital"}, "reason investigation": {"phục vụ điều tra", "investigation"}, "reason family": {"việc gia đình", "family"}, "reason suspension": {"tạm đình chỉ chấp hành", "suspension"},
	"field employment": {"việc làm", "employment"}, "field training": {"đào tạo nghề", "training"}, "field merit": {"người có công", "merit"}, "field convalescence": {"điều dưỡng", "convalescence"},
	"field remains": {"hài cốt liệt sĩ", "remains"}, "field relief": {"cứu trợ", "relief"}, "field poverty": {"giảm nghèo", "poverty"}, "field children": {"trẻ em", "children"}, "field rehab": {"cai nghiện", "rehabilitation"},
	"calendar calendar": {"tháng dương lịch", "civil months"}, "calendar 15-14": {"từ ngày 15 đến 14", "15th to 14th"},
}

// choiceOf returns a value of a field in words: what the field's hint says at its place, where it has a word for each.
func choiceOf(f domain.Field, value string, l Lang) string {
	name := f.Name
	if name == "to" {
		name = "at"
	}
	if said, ok := choices[name+" "+value]; ok {
		return upperFirst(said.In(l))
	}
	for _, between := range []string{"; ", ", "} {
		if words := strings.Split(f.Hint, between); len(words) == len(f.Values) && l == Vi {
			for i, v := range f.Values {
				if v == value {
					return upperFirst(words[i])
				}
			}
		}
	}
	return upperFirst(report.ValueName(f.Name, value))
}

// saysValues tells whether the hint is nothing but the words of the values, which the choices say already.
func saysValues(f domain.Field) bool {
	for _, between := range []string{"; ", ", "} {
		if len(f.Values) > 1 && len(strings.Split(f.Hint, between)) == len(f.Values) {
			return true
		}
	}
	return false
}
