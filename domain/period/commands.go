package period

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Open begins the work on a month's report.
type Open struct {
	Spec     string            `json:"spec" vi:"Mẫu báo cáo" en:"Report" hint:"tên mẫu, ví dụ so-ldtbxh-2024"`
	Area     area.Code         `json:"area,omitempty" vi:"Địa bàn" en:"Area" hint:"để trống là toàn bộ"`
	Calendar calendar.Calendar `json:"calendar" vi:"Lịch báo cáo" en:"Calendar" values:"calendar|15-14"`
	Month    calendar.Month    `json:"month" vi:"Tháng" en:"Month" hint:"YYYY-MM"`
}

// Draft says that the report was looked at and its text is ready.
type Draft struct {
	Note string `json:"note,omitempty" vi:"Ghi chú" en:"Note" hint:"không ghi thông tin cá nhân"`
}

// Submit hands the draft to who approves it.
type Submit struct{}

// Return sends it back.
type Return struct {
	Reason string `json:"reason" vi:"Lý do" en:"Reason" hint:"không ghi thông tin cá nhân"`
}

// Approve accepts it. Whoever submitted it cannot, without the right to approve his own.
type Approve struct {
	Own bool `json:"-"` // see [domain.SelfApproving]
}

// BySelf implements [domain.SelfApproving].
func (c Approve) BySelf() domain.Command { c.Own = true; return c }

// Publish freezes the report; the date of the command is the date of signature.
type Publish struct{ Publication }

// Reissue publishes the month once more, as it is known now.
type Reissue struct {
	Publication
	Reason string `json:"reason" vi:"Lý do phát hành lại" en:"Reason"`
}

func (Open) CommandName() string    { return "period.open" }
func (Draft) CommandName() string   { return "period.draft" }
func (Submit) CommandName() string  { return "period.submit" }
func (Return) CommandName() string  { return "period.return" }
func (Approve) CommandName() string { return "period.approve" }
func (Publish) CommandName() string { return "period.publish" }
func (Reissue) CommandName() string { return "period.reissue" }
