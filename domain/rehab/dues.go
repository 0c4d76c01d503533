package rehab

import "hoso/domain"

// dues returns what a stay waits for: that its end is told, and the end. Of somebody who escaped the end is not known.
func (r rules) dues(s State) (due []domain.Due) {
	if s.Status != StatusPresent && s.Status != StatusAway || s.Due.IsZero() {
		return nil
	}
	var document string
	if t, ok := r.law.Term("rehab_end_notice", "", s.Due); ok {
		document = t.Document
	}
	if !s.NotifyBy.IsZero() && s.Notified.IsZero() {
		due = append(due, domain.Due{What: domain.Text{Vi: "thông báo sắp hết thời hạn", En: "notify of the end of the term"}, By: s.NotifyBy, Law: document})
	}
	return append(due, domain.Due{What: domain.Text{Vi: "xác nhận hoàn thành cai nghiện", En: "certify the completion"}, By: s.Due, Law: document})
}
