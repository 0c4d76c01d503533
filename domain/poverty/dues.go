package poverty

import "hoso/domain"

// dues returns until when an annual review has to be closed.
func dues(s State) []domain.Due {
	if s.Due.IsZero() || s.Status != StatusPlanned && s.Status != StatusUnderWay {
		return nil
	}
	return []domain.Due{{What: domain.Text{Vi: "kết thúc rà soát", En: "close the review"}, By: s.Due, Law: "QĐ 24/2021/QĐ-TTg"}}
}
