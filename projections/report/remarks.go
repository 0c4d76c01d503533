package report

import (
	"fmt"

	"hoso/projections/figures"
	"hoso/projections/periods"
)

// remarks say how figures are meant, where a number alone can be read in two ways. They stand under a report that cites
// the figure.
func (b *builder) remarks(divided []figures.Divided, said []periods.Published) []string {
	var all []string
	if !b.spec.Months.Has(b.query.Month) {
		all = append(all, "Mẫu "+b.spec.Name+" không phải mẫu của tháng này; số liệu vẫn đúng như đã ghi.")
	}
	for _, p := range said {
		if p.Month == b.query.Month {
			all = append(all, fmt.Sprintf("Báo cáo tháng này đã phát hành, số %s ngày %s (vị trí %s); bản này theo những gì được biết sau đó.", p.Number, p.Signed.Vietnamese(), Number(int64(p.Position))))
		}
	}
	for _, d := range divided {
		all = append(all, fmt.Sprintf("%s (mã %s) được chia cho nhiều đơn vị; số liệu ghi ở đó không tính vào báo cáo này.", d.Name, d.Area))
	}
	for _, r := range []struct{ id, say string }{
		{"unemployment.amount_decided", "Số tiền trợ cấp thất nghiệp là giá trị các quyết định ký trong kỳ (mức hưởng × số tháng), không phải số đã chi trả."},
		{"merit.dossiers_resolved", "Hồ sơ người có công: báo cáo nêu số đã giải quyết; số tiếp nhận là một chỉ tiêu khác."},
		{"rehab.present", "Học viên đang có mặt không gồm người bỏ trốn và người tạm ra khỏi cơ sở; danh sách quản lý là một chỉ tiêu khác."},
		{"merit.allowance_persons", "Người hưởng trợ cấp được đếm một lần theo tháng trợ cấp; số của năm không phải là tổng các tháng."},
	} {
		if b.cited[r.id] {
			all = append(all, r.say)
		}
	}
	return all
}
