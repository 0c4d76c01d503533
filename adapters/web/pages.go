package web

import "hoso/domain/right"

// page is a page: what it loads is shown by the template of its name.
type page struct {
	path    string // a pattern of http.ServeMux
	name    string // of templates/<name>.html
	section string // the entry of the navigation that it belongs to
	title   text
	action  right.Action // that it needs; none: whoever is signed in
	load    func(*Ask) (any, error)
}

// byCommand says of a page that it needs the right of the command in its address.
const byCommand right.Action = "by command"

// pages is the table of pages. It is a function since the pages lead to each other.
func pages() []page {
	return []page{
		{"/{$}", "dashboard", "/", text{"Bảng điều khiển", "Dashboard"}, right.ReadFigures, dashboard},
		{"/so-lieu/{indicator}", "figure", "/", text{"Số liệu", "Figure"}, right.ReadFigures, openFigure},
		{"/bao-cao", "report", "/bao-cao", text{"Báo cáo", "Report"}, right.ReadFigures, reportPage},
		{"/bao-cao/so-sanh", "compare", "/bao-cao", text{"So sánh hai thời điểm", "Compare two moments"}, right.ReadFigures, compare},
		{"/bao-cao/tep/{format}", "report", "/bao-cao", text{}, right.ReadFigures, download},
		{"/kiem-tra", "audit", "/kiem-tra", text{"Kiểm tra", "Audit"}, right.Audit, audit},
		{"/kiem-tra/su-kien", "events", "/kiem-tra", text{"Tra cứu sự kiện", "Events"}, right.Audit, events},
		{"/kiem-tra/ho-so/{case}", "history", "/kiem-tra", text{"Diễn biến hồ sơ", "History of a case"}, right.Audit, replay},
		{"/kiem-tra/chung-minh/{case}", "history", "/kiem-tra", text{}, right.Audit, proof},
		{"/kiem-tra/ai-doc", "readings", "/kiem-tra", text{"Ai đã xem dữ liệu cá nhân", "Who read personal data"}, right.Audit, readings},
		{"/kiem-tra/dem-lai", "recount", "/kiem-tra", text{"Đếm lại báo cáo", "Recount a report"}, right.Audit, recountReport},
		{"/quan-tri", "administration", "/quan-tri", text{"Quản trị", "Administration"}, "", administration},
		{"/quan-tri/tai-khoan", "accounts", "/quan-tri", text{"Tài khoản", "Accounts"}, "", accounts},
		{"/quan-tri/tai-khoan/{login}", "account", "/quan-tri", text{"Tài khoản", "Account"}, "", oneAccount},
		{"/quan-tri/quyen", "holders", "/quan-tri", text{"Ai làm được việc gì", "Who could do what"}, "", holders},
		{"/quan-tri/danh-muc", "catalogue", "/quan-tri", text{"Danh mục chỉ tiêu", "Indicators"}, "", indicators},
		{"/quan-tri/danh-muc/su-kien", "catalogue", "/quan-tri", text{"Danh mục sự kiện", "Event catalogue"}, "", eventTypes},
		{"/quan-tri/danh-muc/don-vi", "catalogue", "/quan-tri", text{"Đơn vị hành chính", "Administrative units"}, "", unitList},
		{"/quan-tri/danh-muc/lich", "catalogue", "/quan-tri", text{"Lịch báo cáo", "Calendars"}, "", calendars},
		{"/quan-tri/danh-muc/phap-luat", "catalogue", "/quan-tri", text{"Tham số pháp luật", "Parameters of law"}, "", lawful},
		{"/cong-viec", "work", "/cong-viec", text{"Công việc", "Work"}, right.ReadCase, work},
		{"/ho-so", "cases", "/ho-so", text{"Hồ sơ", "Cases"}, right.ReadCase, cases},
		{"/ho-so/{case}", "case", "/ho-so", text{"Hồ sơ", "Case"}, right.ReadCase, openCase},
		{"/ho-so/{case}/bien-nhan", "receipt", "/ho-so", text{"Biên nhận hồ sơ", "Receipt"}, right.ReadCase, receipt},
		{"/ghi/{command}", "form", "/ho-so", text{"Ghi nhận", "Record"}, byCommand, form},
		{"/nhap-du-lieu", "import", "/nhap-du-lieu", text{"Nhập dữ liệu", "Import"}, right.Act, importPage},
		{"/nhap-du-lieu/{upload}", "upload", "/nhap-du-lieu", text{"Nhập dữ liệu", "Import"}, right.Act, openUpload},
		{"/nhap-du-lieu/{upload}/loi", "upload", "/nhap-du-lieu", text{"Tệp lỗi", "Error file"}, right.Act, errorFile},
		{"/tep-mau/{command}", "import", "/nhap-du-lieu", text{"Tệp mẫu", "Template"}, byCommand, emptyTable},
	}
}

// Paths returns the paths of all pages that are shown under a title, as patterns of http.ServeMux.
func Paths() (all []string) {
	for _, p := range pages() {
		if p.title != (text{}) {
			all = append(all, p.path)
		}
	}
	return all
}

// looked is the table of pages that are asked by a form, since what they are asked for (a name, a number), or what they answer
// (a password that is shown this once), must not stand in an address: addresses are kept in histories and logs.
func looked() []page {
	return []page{
		{"/ho-so", "cases", "/ho-so", text{"Hồ sơ", "Cases"}, right.ReadCase, cases},
		{"/ho-so/{case}/thong-tin", "person", "/ho-so", text{"Thông tin cá nhân", "Personal data"}, right.ReadCase, readInFull},
		{"/ho-so/{case}/tai-lieu/{version}", "case", "/ho-so", text{"Tài liệu", "Document"}, right.ReadCase, openPaper},
		{"/quan-tri/tai-khoan", "password", "/quan-tri", text{"Đã mở tài khoản", "The account is open"}, right.Administer, openAccount},
		{"/quan-tri/tai-khoan/{login}/mat-khau", "password", "/quan-tri", text{"Đã đặt lại mật khẩu", "A new password is set"}, right.Administer, resetPassword},
		{"/ho-so/nguoi", "pick", "/ho-so", text{"Chọn người", "Choose a person"}, right.ReadCase, pickPerson},
		{"/ho-so/trung", "twins", "/ho-so", text{"Người đã có", "People known already"}, right.ReadCase, twins},
	}
}

// act is a form that is sent: it does something and says which page comes next.
type act struct {
	path   string
	action right.Action
	do     func(*Ask) (next string, err error)
}

// acts is the table of forms.
func acts() []act {
	return []act{
		{"/giao-dien", "", appearance},
		{"/bao-cao/buoc", right.ReadFigures, takeStep},
		{"/kiem-tra/doi-chieu", right.Audit, beginVerifying},
		{"/cong-viec/giao", right.Act, assign},
		{"/quan-tri/tai-khoan/{login}/cap", right.Administer, grant},
		{"/quan-tri/tai-khoan/{login}/thu-hoi", right.Administer, revoke},
		{"/quan-tri/tai-khoan/{login}/khoa", right.Administer, closeAccount},
		{"/quan-tri/tai-khoan/{login}/mo-lai", right.Administer, reopenAccount},
		{"/ghi/{command}", byCommand, keepDraft},
		{"/gui/{command}", byCommand, sendDraft},
		{"/nhap-du-lieu/{upload}/cot", right.Act, mapColumns},
		{"/nhap-du-lieu/{upload}/nhap", right.Act, importUpload},
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
