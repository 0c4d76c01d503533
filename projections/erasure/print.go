package erasure

import (
	"fmt"
	"io"

	"hoso/domain/calendar"
	"hoso/projections/report"
)

var grounds = map[string]string{
	"request":        "theo yêu cầu của chính người đó",
	"retention_over": "đã hết thời hạn lưu trữ",
	"court":          "theo bản án, quyết định của tòa án",
}

// Print writes the certificate as the office hands it out.
func (c Certificate) Print(w io.Writer) error {
	local := c.Recorded.In(calendar.Zone)
	by := c.By.ID
	if c.By.Role != "" {
		by += ", " + c.By.Role
	}
	if c.By.Unit != "" {
		by += ", đơn vị " + c.By.Unit
	}
	sealed := "chưa niêm phong; hoso seal niêm phong ngay, hoso serve tự niêm phong"
	if c.Sealed >= c.Position {
		sealed = "nằm trong phần nhật ký đã niêm phong, đến vị trí " + report.Number(int64(c.Sealed))
	}
	_, err := fmt.Fprintf(w, `GIẤY XÁC NHẬN XÓA DỮ LIỆU CÁ NHÂN

Mã người:        %s
Ngày xóa:        %s (ghi vào nhật ký lúc %s ngày %s)
Căn cứ:          %s (%s)
Người thực hiện: %s
Vị trí nhật ký:  %s, sự kiện %s
Dấu (SHA-256):   %s
Niêm phong:      %s

Khóa mã hóa của người này đã bị hủy. Họ tên, số định danh, ngày sinh, địa chỉ, số điện thoại và mọi nội dung riêng
tư về người này trong tất cả hồ sơ không ai đọc được nữa, kể cả cơ quan. Các việc đã ghi, số liệu và báo cáo không
đổi. Bản sao lưu làm trước lúc này chỉ hết đọc được khi khóa mã hóa của lúc ấy bị hủy.

Kiểm tra: hoso prove person-%s --out TỆP, rồi hoso verify TỆP --key KHÓA
`, c.Person, c.Occurred.Vietnamese(), local.Format("15:04:05"), calendar.On(c.Recorded).Vietnamese(), grounds[c.Ground], c.Law, by,
		report.Number(int64(c.Position)), c.Event, c.Record, sealed, c.Person)
	return err
}
