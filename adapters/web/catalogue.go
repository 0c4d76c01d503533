package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/spelling"
	"hoso/domain/table"
	"hoso/projections/access"
	"hoso/projections/report"
)

// catalogue is what the service goes by, as tables.
type catalogue struct {
	Tab    string
	Find   string
	Asked  bool // there is something to look for by name
	About  text
	Sheets []listedTable
	Tabs   []section
	Parts  []part // to choose one of, where the tables are too long to be shown together
	More   int    // rows that are not shown
}

// part is a table of several, one of which is shown.
type part struct {
	Title, Path string
	Now         bool
}

// mostRows is how many rows a page shows.
const mostRows = 100

// one leaves the table that was chosen (?bang=2; the first where none was).
func (c *catalogue) one(a *Ask) {
	chosen, err := strconv.Atoi(a.URL.Query().Get("bang"))
	if err != nil || chosen < 1 || chosen > len(c.Sheets) {
		chosen = 1
	}
	for i, s := range c.Sheets {
		c.Parts = append(c.Parts, part{s.Title, c.Tab + "?bang=" + strconv.Itoa(i+1), i+1 == chosen})
	}
	c.Sheets = c.Sheets[chosen-1 : chosen]
}

// listedTable is a table. A column's kind is how it looks: n numbers, d days, code, or text.
type listedTable struct {
	Title   string
	About   string
	Columns []column
	Rows    [][]string
}

type column struct {
	text
	Kind string
}

var catalogueTabs = []section{
	{"/quan-tri/danh-muc", text{"Chỉ tiêu", "Indicators"}}, {"/quan-tri/danh-muc/su-kien", text{"Sự kiện", "Events"}},
	{"/quan-tri/danh-muc/don-vi", text{"Đơn vị", "Units"}}, {"/quan-tri/danh-muc/lich", text{"Lịch", "Calendars"}},
	{"/quan-tri/danh-muc/phap-luat", text{"Tham số pháp luật", "Parameters of law"}},
}

func (a *Ask) catalogue(tab string, about text) (catalogue, error) {
	return catalogue{Tab: tab, About: about, Tabs: catalogueTabs}, access.Oversees(a.Context())
}

var measureNames = map[domain.Measure]text{
	domain.Flow: {"phát sinh trong kỳ", "flow"}, domain.Stock: {"có đến cuối kỳ", "stock"}, domain.Distinct: {"số người, mỗi người một lần", "distinct persons"},
	domain.Ratio: {"tỷ lệ", "ratio"}, domain.Reported: {"do cơ quan có thẩm quyền công bố", "reported"},
}

// indicators is the catalogue of figures, by case type.
func indicators(a *Ask) (any, error) {
	c, err := a.catalogue("/quan-tri/danh-muc", text{"Mã chỉ tiêu và khóa phân tổ không bao giờ đổi nghĩa; định nghĩa mới là phiên bản mới.",
		"Ids and breakdown keys never change their meaning; a new definition is a new version."})
	for _, t := range a.Catalog.Types {
		s := listedTable{Title: text(t.Label).In(a.Lang), Columns: []column{{text{"Tên", "Label"}, ""}, {text{"Mã", "Id"}, "code"}, {text{"Đơn vị tính", "Unit"}, ""},
			{text{"Cách tính", "Kind"}, ""}, {text{"Phân tổ", "Breakdowns"}, ""}, {text{"Căn cứ", "Law"}, ""}, {text{"Phiên bản", "Version"}, "n"}}}
		for _, i := range t.Indicators {
			var by []string
			for _, b := range i.Breakdowns {
				by = append(by, a.breakdown(b))
			}
			kind := measureNames[i.Measure].In(a.Lang)
			if i.Measure == domain.Ratio {
				kind += ": " + i.Over + " / " + i.Under
			}
			s.Rows = append(s.Rows, []string{text(i.Label).In(a.Lang), i.ID, report.UnitName(i.Unit), kind, strings.Join(by, "; "), i.Law, strconv.Itoa(max(i.Version, 1))})
		}
		c.add(s)
	}
	return c, err
}

// breakdown says in words what a figure is divided by, behind it the key that addresses and files use.
func (a *Ask) breakdown(b domain.Breakdown) string {
	said := report.KeyName(b.Key) + " (" + b.Key + ")"
	var values []string
	for _, v := range b.Values {
		values = append(values, report.ValueName(b.Key, v))
	}
	if len(values) > 0 {
		said += ": " + strings.Join(values, ", ")
	}
	return said
}

// add takes a table that says something.
func (c *catalogue) add(s listedTable) {
	if len(s.Rows) > 0 {
		c.Sheets = append(c.Sheets, s)
	}
}

// eventTypes is the catalogue of what may be recorded, by case type.
func eventTypes(a *Ask) (any, error) {
	c, err := a.catalogue("/quan-tri/danh-muc/su-kien", text{"Tên lưu trữ không bao giờ đổi; bản lưu cũ vẫn đọc được.", "Stored names never change; old schemas are read for ever."})
	for _, t := range a.Catalog.Types {
		s := listedTable{Title: text(t.Label).In(a.Lang), Columns: []column{{text{"Sự kiện", "Event"}, ""}, {text{"Tên lưu trữ", "Stored name"}, "code"}, {text{"Bản lưu", "Schema"}, "n"}}}
		for _, e := range t.Events {
			s.Rows = append(s.Rows, []string{text(e.Label).In(a.Lang), e.Name, strconv.Itoa(e.Schema())})
		}
		c.add(s)
	}
	return c, err
}

// unitList is the administrative units by name, with what they were and became.
func unitList(a *Ask) (any, error) {
	c, err := a.catalogue("/quan-tri/danh-muc/don-vi", text{"Tìm theo tên, không cần dấu, hoặc theo mã. Một mã có thể đổi nghĩa theo thời gian.", "By name, marks or not, or by code. A code may change its meaning over time."})
	c.Asked, c.Find = true, strings.TrimSpace(a.URL.Query().Get("find"))
	units, sought := area.InUse(), spelling.Fold(c.Find)
	names := func(all []area.Unit) string {
		if len(all) == 0 {
			return "–"
		}
		var said []string
		for _, u := range all {
			said = append(said, units.Full(u)+" ("+string(u.Code)+")")
		}
		return strings.Join(said, "; ")
	}
	s := listedTable{Title: text{"Đơn vị hành chính", "Administrative units"}.In(a.Lang), Columns: []column{{text{"Đơn vị", "Unit"}, ""}, {text{"Mã", "Code"}, "d"}, {text{"Từ ngày", "From"}, "d"},
		{text{"Đến hết ngày", "Until"}, "d"}, {text{"Trước đó là", "Was before"}, ""}, {text{"Sau đó thành", "Became"}, ""}, {text{"Nguồn", "Source"}, ""}, {text{"Đã đối chiếu", "Verified"}, ""}}}
	for _, code := range units.Codes() {
		var last area.Unit
		for _, n := range units.Named(code, calendar.Range{From: table.Always, To: table.Forever}) {
			u := n.Unit
			if u.Is(last) || !strings.Contains(spelling.Fold(u.Name), sought) && !strings.HasPrefix(string(code), c.Find) {
				continue
			}
			last = u
			if len(s.Rows) == mostRows {
				c.More++
				continue
			}
			s.Rows = append(s.Rows, []string{units.Full(u), string(code), bound(u.Valid.From), bound(u.Valid.To), names(units.Predecessors(u)), names(units.Successors(u)), u.Source.Document, a.yes(u.Source.Verified)})
		}
	}
	c.add(s)
	return c, err
}

// bound writes a day; a dash where there is no bound.
func bound(d calendar.Date) string {
	if d.IsZero() || d == table.Always || d == table.Forever {
		return "–"
	}
	return d.Vietnamese()
}

func (a *Ask) yes(v bool) string {
	if v {
		return text{"✓ đã", "✓ yes"}.In(a.Lang)
	}
	return text{"○ chưa", "○ not yet"}.In(a.Lang)
}

// calendars are the reporting calendars with the months of this year.
func calendars(a *Ask) (any, error) {
	c, err := a.catalogue("/quan-tri/danh-muc/lich", text{"Ngày nghỉ lễ và ngày làm bù ở mục Tham số pháp luật, bảng ngày nghỉ.", "Holidays and days worked instead stand among the parameters of law."})
	for _, one := range []struct {
		calendar.Calendar
		text
		law string
	}{
		{calendar.Civil, text{"Tháng dương lịch", "Civil months"}, "TT 28/2015 Đ17; NĐ 374/2025 Đ34.12; TT 05/2011"},
		{calendar.Fifteenth, text{"Từ ngày 15 đến 14", "15th to 14th"}, "NĐ 09/2019 Đ12"},
	} {
		s := listedTable{Title: one.In(a.Lang), About: one.law, Columns: []column{{text{"Tháng", "Month"}, ""}, {text{"Từ ngày", "From"}, "d"}, {text{"Đến hết ngày", "Until"}, "d"}, {text{"Năm tính từ", "Year from"}, "d"}}}
		for month := range 12 {
			m := calendar.Month{Year: a.today().Year(), Month: time.January}.Add(month)
			days := one.Month(m)
			s.Rows = append(s.Rows, []string{m.Vietnamese(), bound(days.From), bound(days.To), bound(one.YearToDate(m).From)})
		}
		c.add(s)
	}
	return c, err
}

var lawSheets = map[string]text{
	"amounts": {"Mức tiền", "Amounts"}, "convalescence": {"Điều dưỡng người có công", "Convalescence"}, "holidays": {"Ngày nghỉ và ngày làm bù", "Holidays and days worked instead"},
	"poverty": {"Rà soát hộ nghèo, hộ cận nghèo", "Review of poor households"}, "procedures": {"Thủ tục người có công", "Procedures of merit"}, "relief": {"Gạo cứu trợ", "Rice in need"},
	"remains": {"Di chuyển hài cốt liệt sĩ", "Moving of remains"}, "steps": {"Các bước của thủ tục", "Steps of procedures"}, "terms": {"Thời hạn", "Terms"}, "unemployment": {"Bảo hiểm thất nghiệp", "Unemployment insurance"},
}

var lawColumns = map[string]text{
	"name": {"Tên", "Name"}, "key": {"Khóa", "Key"}, "from": {"Từ ngày", "From"}, "to": {"Đến hết ngày", "Until"}, "vnd": {"Đồng", "VND"}, "source": {"Nguồn", "Source"}, "verified": {"Đã đối chiếu", "Verified"},
	"value": {"Giá trị", "Value"}, "unit": {"Đơn vị tính", "Unit"}, "min": {"Ít nhất", "Least"}, "max": {"Nhiều nhất", "Most"}, "date": {"Ngày", "Day"}, "kind": {"Loại", "Kind"}, "procedure": {"Thủ tục", "Procedure"},
	"step": {"Nơi", "Step"}, "task": {"Việc", "Task"}, "days": {"Số ngày", "Days"}, "label": {"Tên", "Label"}, "occasion": {"Dịp", "Occasion"}, "kg": {"Kg một người, một tháng", "Kg a person and month"}, "months": {"Số tháng", "Months"},
	"exhumation": {"Cất bốc", "Exhumation"}, "kilometre": {"Một km", "A kilometre"}, "travellers": {"Số người đi", "Travellers"}, "grave": {"Xây mộ", "Grave"}, "begins": {"Bắt đầu", "Begins"}, "ends": {"Kết thúc", "Ends"},
	"min_days": {"Số ngày ít nhất", "Least days"}, "max_days": {"Số ngày nhiều nhất", "Most days"}, "group_percent": {"Tập trung, %", "In a group, %"}, "home_percent": {"Tại nhà, %", "At home, %"}, "again_below_percent": {"Đi lại nếu dưới, %", "Again below, %"},
}

// lawful is what the law sets as numbers, each row with its validity, its source and whether somebody has read that.
func lawful(a *Ask) (any, error) {
	c, err := a.catalogue("/quan-tri/danh-muc/phap-luat", text{"Nghị định mới là một dòng mới trong tệp cấu hình (hoso settings); chưa đối chiếu nghĩa là chưa ai đọc lại văn bản nguồn.",
		"A new decree is a new row of the settings (hoso settings); not verified means that nobody has read its source yet."})
	if err != nil {
		return c, err
	}
	for _, file := range a.Law {
		title, ok := lawSheets[file.Name]
		if !ok {
			title = text{Vi: file.Name}
		}
		s := listedTable{Title: title.In(a.Lang)}
		if a.Lang == En {
			s.About = file.About
		}
		var dated bool
		for _, name := range file.Columns {
			said, kind := text{Vi: name}, ""
			if known, ok := lawColumns[name]; ok {
				said = known
			}
			switch name {
			case "from", "to", "date":
				kind = "d"
			case "vnd", "value", "min", "max", "days", "kg", "months", "exhumation", "kilometre", "travellers", "grave", "min_days", "max_days", "group_percent", "home_percent", "again_below_percent":
				kind = "n"
			case "procedure":
				kind = "code"
			}
			dated = dated || name == "from"
			s.Columns = append(s.Columns, column{said, kind})
		}
		if dated {
			s.Columns = append(s.Columns, column{text{"Hiệu lực", "Standing"}, "d"})
		}
		for _, row := range file.Rows {
			s.Rows = append(s.Rows, a.lawRow(file, row, dated))
		}
		c.add(s)
	}
	c.one(a)
	return c, nil
}

// lawRow writes a row for people, and says whether it is in force today.
func (a *Ask) lawRow(file law.Sheet, row []string, dated bool) []string {
	var said []string
	days := calendar.Range{From: table.Always, To: table.Forever}
	for i, cell := range row {
		if i >= len(file.Columns) {
			break
		}
		name := file.Columns[i]
		if d, err := calendar.ParseDate(cell); err == nil {
			switch name {
			case "from":
				days.From = d
			case "to":
				days.To = d
			}
			cell = bound(d)
		} else if n, err := strconv.ParseInt(cell, 10, 64); err == nil && (n >= 10_000 || name == "vnd") {
			cell = report.Number(n)
		} else if name == "verified" {
			cell = a.yes(cell == "yes")
		} else if cell == "" {
			cell = "–"
		} else if slices.Contains([]string{"name", "key", "step", "occasion", "kind", "unit"}, name) {
			cell = a.lawName(name, cell)
		}
		said = append(said, cell)
	}
	if !dated {
		return said
	}
	standing := text{"✓ đang có hiệu lực", "✓ in force"}
	if today := a.today(); today < days.From {
		standing = text{"○ chưa có hiệu lực", "○ not yet"}
	} else if today > days.To {
		standing = text{"– hết hiệu lực", "– ended"}
	}
	return append(said, standing.In(a.Lang))
}

// Anchor is where a table stands on its page.
func (c catalogue) Anchor(i int) string { return fmt.Sprintf("bang-%d", i+1) }
