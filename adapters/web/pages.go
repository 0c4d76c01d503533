package web

// page is a page: what it loads is shown by the template of its name.
type page struct {
	path    string // a pattern of http.ServeMux
	name    string // of templates/<name>.html
	section string // the entry of the navigation that it belongs to
	title   text
	action  Action // that it needs; none: whoever is signed in
	load    func(*Ask) (any, error)
}

// pages is the table of pages. It is a function since the pages lead to each other.
func pages() []page {
	return []page{
		{"/{$}", "dashboard", "/", text{"Bảng điều khiển", "Dashboard"}, ReadFigures, dashboard},
		{"/so-lieu/{indicator}", "figure", "/", text{"Số liệu", "Figure"}, ReadFigures, openFigure},
		{"/bao-cao", "report", "/bao-cao", text{"Báo cáo", "Report"}, ReadFigures, reportPage},
		{"/bao-cao/so-sanh", "compare", "/bao-cao", text{"So sánh hai thời điểm", "Compare two moments"}, ReadFigures, compare},
		{"/bao-cao/tep/{format}", "report", "/bao-cao", text{}, ReadFigures, download},
		{"/kiem-tra", "audit", "/kiem-tra", text{"Kiểm tra", "Audit"}, Audit, audit},
		{"/kiem-tra/su-kien", "events", "/kiem-tra", text{"Tra cứu sự kiện", "Events"}, Audit, events},
		{"/kiem-tra/ho-so/{case}", "history", "/kiem-tra", text{"Diễn biến hồ sơ", "History of a case"}, Audit, replay},
		{"/kiem-tra/chung-minh/{case}", "history", "/kiem-tra", text{}, Audit, proof},
		{"/kiem-tra/dem-lai", "recount", "/kiem-tra", text{"Đếm lại báo cáo", "Recount a report"}, Audit, recountReport},
	}
}

// act is a form that is sent: it does something and says which page comes next.
type act struct {
	path   string
	action Action
	do     func(*Ask) (next string, err error)
}

// acts is the table of forms.
func acts() []act {
	return []act{
		{"/giao-dien", "", appearance},
		{"/bao-cao/buoc", ReadFigures, takeStep},
		{"/kiem-tra/doi-chieu", Audit, beginVerifying},
	}
}

// section is an entry of the navigation.
type section struct {
	Path string
	text
}

var sections = []section{
	{"/", text{"Bảng điều khiển", "Dashboard"}},
	{"/cong-viec", text{"Công việc", "Work"}},
	{"/ho-so", text{"Hồ sơ", "Cases"}},
	{"/nhap-du-lieu", text{"Nhập dữ liệu", "Import"}},
	{"/bao-cao", text{"Báo cáo", "Reports"}},
	{"/kiem-tra", text{"Kiểm tra", "Audit"}},
	{"/quan-tri", text{"Quản trị", "Administration"}},
}
