package report

import (
	"fmt"

	"hoso/domain"
	"hoso/projections/figures"
)

// remarks are what a reader has to know before believing the figures.
func remarks(sheet figures.Sheet) []string {
	var all []string
	by := map[string]figures.Figure{}
	for _, f := range sheet.Figures {
		by[f.Indicator] = f
		if f.Kind == domain.Stock && f.Value.Quantity < 0 {
			all = append(all, fmt.Sprintf("%s: số tồn âm (%s), cần kiểm tra dữ liệu.", f.Label, Number(f.Value.Quantity)))
		}
		for _, p := range f.Breakdown {
			if p.Key == figures.Other && p.Value.Quantity != 0 {
				all = append(all, fmt.Sprintf("%s: phần chia theo %s còn %s chưa phân loại (khác).", f.Label, keyName(p.By), quantity(p.Value, f.Unit)))
			}
		}
	}
	received, resolved := by["merit.dossiers_received"].Value, by["merit.dossiers_resolved"].Value
	if received.Quantity != resolved.Quantity {
		all = append(all, fmt.Sprintf("Hồ sơ người có công: tiếp nhận %s, giải quyết %s; báo cáo nêu số đã giải quyết.",
			Number(received.Quantity), Number(resolved.Quantity)))
	}
	if f, ok := by["unemployment.amount_decided"]; ok && f.Value.Quantity != 0 {
		all = append(all, "Số tiền trợ cấp thất nghiệp là giá trị các quyết định ký trong kỳ (mức hưởng × số tháng), không phải số đã chi trả.")
	}
	return all
}
