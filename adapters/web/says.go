package web

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections/report"
)

// labels are the names of a case type's fields in words.
type labels struct {
	by     map[string]string
	values map[string]map[string]string // of closed sets, by field
	on     calendar.Date                // as units are called then
	said   []string                     // the fields that the page says elsewhere
	lang   Lang
}

// common are names that states have and no command states.
var common = map[string]text{
	"status": {"Trạng thái", "Status"}, "since": {"Ở bước này từ ngày", "At this step since"}, "opened": {"Ngày mở", "Opened"}, "granted": {"Ngày quyết định", "Granted"},
	"collected": {"Ngày nhận quyết định", "Collected"}, "due": {"Hạn", "Due"}, "level": {"Mức hưởng", "Level"}, "start": {"Bắt đầu hưởng", "First day"}, "end": {"Kết thúc", "End"},
	"payments": {"Các tháng đã chi trả", "Months paid"}, "notices": {"Các tháng đã thông báo", "Notices"}, "missed": {"Các tháng không thông báo", "Notices missed"},
	"exempt": {"Các tháng được miễn thông báo", "Months exempt"}, "path": {"Đường đi của hồ sơ", "Way of the dossier"}, "at": {"Nơi giữ", "At"}, "reserved": {"Số tháng bảo lưu", "Months reserved"},
	"received": {"Đã nhận", "Received"}, "suspended": {"Các tháng tạm dừng", "Months suspended"}, "last": {"Lần cuối", "Last"}, "notify_by": {"Hạn thông báo", "Notify by"}, "notified": {"Đã thông báo", "Notified"},
	"paid": {"Đã chi trả", "Paid"}, "account": {"Người thụ lý", "Assigned to"}, "version": {"Việc số", "Act"}, "was": {"Trước", "Before"}, "now": {"Sau", "After"}, "data": {"Nội dung", "Data"},
	"type": {"Việc", "Act"}, "schema": {"Bản lưu", "Schema"}, "age": {"Nhóm tuổi", "Age"}, "step_due": {"Hạn của bước", "Due at the step"}, "first": {"Tháng đầu", "First month"},
}

// silent are fields that say nothing to people, or that the page says elsewhere.
var silent = []string{"person", "schema", "status", "reference"}

// labelsOf are those of what a case type declares. What every case type knows (an attachment) has words of its own.
func labelsOf(t domain.CaseType, on calendar.Date, lang Lang) labels {
	t.Commands = slices.DeleteFunc(slices.Clone(t.Commands), func(c domain.CommandType) bool { return c.Name == t.Name+".attach" })
	l := labelled(t, lang)
	l.on = on
	return l
}

func labelled(t domain.CaseType, lang Lang) labels {
	l := labels{by: map[string]string{}, values: map[string]map[string]string{}, lang: lang}
	for name, both := range common {
		l.by[name] = both.In(lang)
	}
	named := map[string]bool{} // by the command that says it first: later ones ask for the same at another moment
	for _, c := range t.Commands {
		for _, f := range c.Fields() {
			if !named[f.Name] {
				named[f.Name], l.by[f.Name] = true, text{f.Label.Vi, f.Label.En}.In(lang)
			}
			for _, v := range f.Values {
				if l.values[f.Name] == nil {
					l.values[f.Name] = map[string]string{}
				}
				l.values[f.Name][v] = choiceOf(f, v, lang)
			}
		}
	}
	return l
}

// written writes a value of JSON for people.
func (l labels) written(name string, raw json.RawMessage) string {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return ""
	}
	return l.say(name, v)
}

// pairs lists what a JSON object says, the parts of parts too.
func (l labels) pairs(raw json.RawMessage) (all []pair) {
	var v map[string]any
	if json.Unmarshal(raw, &v) != nil {
		return nil
	}
	l.walk("", v, &all)
	return all
}

func (l labels) walk(above string, v map[string]any, all *[]pair) {
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if slices.Contains(silent, name) || slices.Contains(l.said, name) {
			continue
		}
		label := name
		if said, ok := l.by[name]; ok {
			label = said
		}
		part, nested := v[name].(map[string]any)
		switch {
		case nested && (name == "was" || name == "now"):
			l.walk(label+": ", part, all)
		case nested:
			l.walk(above, part, all)
		default:
			if value := l.say(name, v[name]); value != "" {
				*all = append(*all, pair{Name: upperFirst(above + label), Value: value})
			}
		}
	}
}

// changes writes what an amendment would change.
func (l labels) changes(all []domain.Change) (says []pair) {
	written := func(name string, v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return cmp.Or(l.written(name, b), "–")
	}
	for _, c := range all {
		if c.Was == nil && c.Now == nil { // private, and not opened here
			says = append(says, pair{Name: upperFirst(cmp.Or(l.by[c.Field], c.Field)), Value: text{"riêng tư; xem đầy đủ ở phần Người", "private; shown with the person in full"}.In(l.lang)})
			continue
		}
		says = append(says, pair{Name: upperFirst(cmp.Or(l.by[c.Field], c.Field)), Value: written(c.Field, c.Was) + " → " + written(c.Field, c.Now), Fresh: true})
	}
	return says
}

// say writes a value for people; nothing for what says nothing.
func (l labels) say(name string, v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "có"
		}
	case float64:
		if v != 0 {
			if name == "birth_year" || name == "year" {
				return strings.ReplaceAll(report.Number(int64(v)), ".", "")
			}
			return report.Number(int64(v))
		}
	case string:
		if said, ok := l.values[name][v]; ok {
			return said
		}
		return writtenText(name, v, l.on)
	case []any:
		var parts []string
		for _, one := range v {
			if m, ok := one.(map[string]any); ok {
				var inner []string
				for _, k := range slices.Sorted(maps.Keys(m)) {
					if s := l.say(k, m[k]); s != "" {
						inner = append(inner, s)
					}
				}
				parts = append(parts, strings.Join(inner, " · "))
				continue
			}
			if s := l.say(name, one); s != "" {
				parts = append(parts, s)
			}
		}
		return strings.Join(parts, ", ")
	}
	return ""
}

func writtenText(name, v string, on calendar.Date) string {
	if d, err := calendar.ParseDate(v); err == nil {
		return d.Vietnamese()
	}
	if m, err := calendar.ParseMonth(v); err == nil {
		return m.Vietnamese()
	}
	if slices.Contains([]string{"area", "commune", "place", "from", "to", "origin"}, name) && area.Known(area.Code(v)) {
		return placeName(area.Code(v), on)
	}
	if s := report.ValueName(name, v); s != v {
		return upperFirst(s)
	}
	return v
}
