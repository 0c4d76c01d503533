package web

// lawNames are what the files of the law call things, in words. Behind them stands the name in the file, which settings use.
var lawNames = map[string]text{
	"base_salary": {"Lương cơ sở", "Base salary"}, "minimum_wage": {"Lương tối thiểu vùng", "Regional minimum wage"},
	"merit_standard": {"Mức chuẩn trợ cấp người có công", "Standard of merit allowances"}, "president_gift": {"Quà của Chủ tịch nước", "Gift of the President"},

	"law": {"Luật áp dụng (năm)", "Governing law (year)"}, "percent": {"Mức hưởng, % lương bình quân", "Benefit, % of the average wage"},
	"cap": {"Mức hưởng nhiều nhất, số lần lương tối thiểu vùng", "Most benefit, times the minimum wage"}, "state_cap": {"Mức hưởng nhiều nhất theo lương nhà nước, số lần lương cơ sở", "Most benefit for wages of the State, times the base salary"},
	"least_paid": {"Số tháng đóng ít nhất", "Least months paid"}, "within": {"Trong số tháng trước khi nghỉ", "Within months before the end"}, "within_short": {"Trong số tháng trước khi nghỉ, hợp đồng ngắn", "Within months, short contract"},
	"first_paid": {"Số tháng đóng của bậc đầu", "Months paid, first step"}, "first_months": {"Số tháng hưởng của bậc đầu", "Months of benefit, first step"}, "step_paid": {"Số tháng đóng cho mỗi tháng hưởng thêm", "Months paid for one more of benefit"},
	"most_months": {"Số tháng hưởng nhiều nhất", "Most months of benefit"}, "reserve_up_to": {"Số tháng đóng được bảo lưu nhiều nhất", "Most months reserved"},
	"file_within": {"Hạn nộp hồ sơ", "Time to file"}, "waiting": {"Ngày chờ sau khi nộp", "Waiting days after filing"}, "start": {"Ngày bắt đầu hưởng kể từ khi nộp", "Start of benefit after filing"},
	"decide_within": {"Hạn ra quyết định", "Time to decide"}, "withdraw_within": {"Hạn đề nghị không hưởng", "Time to withdraw"}, "collect_within": {"Hạn nhận quyết định", "Time to collect"}, "cancel_within": {"Hạn hủy quyết định không nhận", "Time to cancel what is not collected"},
	"tell_uncollected_within": {"Hạn báo quyết định không nhận", "Time to tell of what is not collected"}, "pay_within": {"Hạn chi trả", "Time to pay"}, "pay_from": {"Chi trả từ ngày của tháng hưởng", "Paid from day of the month"},
	"notice_within": {"Hạn thông báo tìm việc hằng tháng", "Time for the monthly notice"}, "tell_missed_within": {"Hạn báo việc không thông báo", "Time to tell of a missed notice"}, "suspend_within": {"Hạn tạm dừng hưởng", "Time to suspend"}, "resume_within": {"Hạn tiếp tục hưởng", "Time to resume"},
	"missed_notices": {"Số tháng không thông báo thì chấm dứt", "Missed notices that end it"}, "report_within": {"Hạn báo có việc làm", "Time to report work"}, "transfer_after": {"Chuyển nơi hưởng được sau", "Transfer possible after"}, "transfer_within": {"Hạn chuyển nơi hưởng", "Time to transfer"},
	"unclaimed_after": {"Coi là không nhận tiền sau", "Unclaimed after"}, "tell_unclaimed_within": {"Hạn báo tiền không nhận", "Time to tell of the unclaimed"}, "reserve_within": {"Hạn xác nhận bảo lưu", "Time to confirm the reserve"},
	"vocational_paid": {"Học nghề: số tháng đóng ít nhất", "Training: least months paid"}, "vocational_apply_within": {"Học nghề: hạn đề nghị", "Training: time to apply"}, "vocational_months": {"Học nghề: số tháng nhiều nhất", "Training: most months"}, "vocational_decide_within": {"Học nghề: hạn quyết định", "Training: time to decide"},

	"rehab_compulsory": {"Cai nghiện bắt buộc", "Compulsory rehabilitation"}, "rehab_voluntary": {"Cai nghiện tự nguyện", "Voluntary rehabilitation"}, "rehab_reduction": {"Giảm thời hạn", "Reduction"}, "rehab_reduction_served": {"Giảm thời hạn: phần đã chấp hành", "Reduction: part served"},
	"rehab_suspension": {"Tạm hoãn, tạm đình chỉ", "Suspension"}, "rehab_resumption": {"Chấp hành tiếp", "Resumption"}, "rehab_end_notice": {"Báo trước khi hết thời hạn", "Notice of the end"},
	"first": {"lần đầu", "first time"}, "again": {"tái nghiện", "again"}, "minor": {"người chưa thành niên", "minor"}, "progress": {"tiến bộ", "progress"}, "merit": {"lập công", "merit"},

	"off": {"ngày nghỉ", "day off"}, "worked": {"ngày làm bù", "worked instead"}, "working": {"ngày làm việc", "working days"}, "calendar": {"ngày dương lịch", "calendar days"},
	"department": {"Sở", "Department"}, "district": {"Cấp huyện", "District"}, "commune": {"Cấp xã", "Commune"}, "other_department": {"Sở của tỉnh khác", "Another province’s department"}, "grave_office": {"Nơi quản lý mộ", "Office of the grave"},
	"ministry": {"Bộ", "Ministry"}, "medical_panel": {"Hội đồng giám định y khoa", "Medical panel"},
	"disaster": {"thiên tai", "disaster"}, "giap_hat": {"giáp hạt", "lean season"}, "tet": {"Tết", "New Year"},
}

var lawUnits = map[string]text{"months": {"tháng", "months"}, "days": {"ngày", "days"}, "year": {"năm", "year"}, "times": {"lần", "times"}, "percent": {"%", "%"}}

// lawName writes a name of the files in words, with itself behind where settings name it.
func (a *Ask) lawName(column, name string) string {
	names := lawNames
	if column == "unit" {
		names = lawUnits
	}
	said, ok := names[name]
	switch {
	case !ok:
		return name
	case column == "name":
		return said.In(a.Lang) + " (" + name + ")"
	}
	return said.In(a.Lang)
}
