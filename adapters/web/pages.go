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
		{"/kiem-tra/ai-doc", "readings", "/kiem-tra", text{"Ai đã xem dữ liệu cá nhân", "Who read personal data"}, Audit, readings},
		{"/kiem-tra/dem-lai", "recount", "/kiem-tra", text{"Đếm lại báo cáo", "Recount a report"}, Audit, recountReport},
		{"/quan-tri", "administration", "/quan-tri", text{"Quản trị", "Administration"}, "", administration},
		{"/quan-tri/tai-khoan", "accounts", "/quan-tri", text{"Tài khoản", "Accounts"}, "", accounts},
		{"/quan-tri/tai-khoan/{login}", "account", "/quan-tri", text{"Tài khoản", "Account"}, "", oneAccount},
		{"/quan-tri/danh-muc", "catalogue", "/quan-tri", text{"Danh mục chỉ tiêu", "Indicators"}, "", indicators},
		{"/quan-tri/danh-muc/su-kien", "catalogue", "/quan-tri", text{"Danh mục sự kiện", "Event catalogue"}, "", eventTypes},
		{"/quan-tri/danh-muc/don-vi", "catalogue", "/quan-tri", text{"Đơn vị hành chính", "Administrative units"}, "", unitList},
		{"/quan-tri/danh-muc/lich", "catalogue", "/quan-tri", text{"Lịch báo cáo", "Calendars"}, "", calendars},
		{"/quan-tri/danh-muc/phap-luat", "catalogue", "/quan-tri", text{"Tham số pháp luật", "Parameters of law"}, "", lawful},
		{"/cong-viec", "work", "/cong-viec", text{"Công việc", "Work"}, ReadCase, work},
		{"/ho-so", "cases", "/ho-so", text{"Hồ sơ", "Cases"}, ReadCase, cases},
		{"/ho-so/{case}", "case", "/ho-so", text{"Hồ sơ", "Case"}, ReadCase, openCase},
		{"/ho-so/{case}/bien-nhan", "receipt", "/ho-so", text{"Biên nhận hồ sơ", "Receipt"}, ReadCase, receipt},
		{"/ghi/{command}", "form", "/ho-so", text{"Ghi nhận", "Record"}, Act, form},
		{"/nhap-du-lieu", "import", "/nhap-du-lieu", text{"Nhập dữ liệu", "Import"}, Act, importPage},
		{"/nhap-du-lieu/{upload}", "upload", "/nhap-du-lieu", text{"Nhập dữ liệu", "Import"}, Act, openUpload},
		{"/nhap-du-lieu/{upload}/loi", "upload", "/nhap-du-lieu", text{"Tệp lỗi", "Error file"}, Act, errorFile},
		{"/tep-mau/{command}", "import", "/nhap-du-lieu", text{"Tệp mẫu", "Template"}, Act, emptyTable},
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
		{"/ho-so", "cases", "/ho-so", text{"Hồ sơ", "Cases"}, ReadCase, cases},
		{"/ho-so/{case}/thong-tin", "person", "/ho-so", text{"Thông tin cá nhân", "Personal data"}, ReadCase, readInFull},
		{"/ho-so/{case}/tai-lieu/{version}", "case", "/ho-so", text{"Tài liệu", "Document"}, ReadCase, openPaper},
		{"/quan-tri/tai-khoan", "password", "/quan-tri", text{"Đã mở tài khoản", "The account is open"}, Administer, openAccount},
		{"/quan-tri/tai-khoan/{login}/mat-khau", "password", "/quan-tri", text{"Đã đặt lại mật khẩu", "A new password is set"}, Administer, resetPassword},
		{"/ho-so/nguoi", "pick", "/ho-so", text{"Chọn người", "Choose a person"}, ReadCase, pickPerson},
		{"/ho-so/trung", "twins", "/ho-so", text{"Người đã có", "People known already"}, ReadCase, twins},
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
		{"/cong-viec/giao", Act, assign},
		{"/quan-tri/tai-khoan/{login}/cap", Administer, grant},
		{"/quan-tri/tai-khoan/{login}/thu-hoi", Administer, revoke},
		{"/quan-tri/tai-khoan/{login}/khoa", Administer, closeAccount},
		{"/quan-tri/tai-khoan/{login}/mo-lai", Administer, reopenAccount},
		{"/ghi/{command}", Act, keepDraft},
		{"/gui/{command}", Act, sendDraft},
		{"/nhap-du-lieu/{upload}/cot", Act, mapColumns},
		{"/nhap-du-lieu/{upload}/nhap", Act, importUpload},
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
