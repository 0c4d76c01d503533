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
