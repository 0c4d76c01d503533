package merit

import "hoso/domain"

// dues returns what a dossier waits for: the step where it lies, and the whole answer. A step elsewhere is awaited; the
// citizen asks this office for the answer all the same.
func (r rules) dues(s State) (due []domain.Due) {
	switch s.Status {
	case StatusReceived, StatusForwarded, StatusExamined:
	default:
		return nil
	}
	var document string
	if p, ok := r.law.Procedure(string(s.Dossier.Procedure)); ok {
		document = p.Law
	}
	if n := len(s.Path); n > 0 && !s.Path[n-1].Due.IsZero() {
		due = append(due, domain.Due{What: domain.Text{Vi: "xong bước hiện tại", En: "finish the present step"},
			By: s.Path[n-1].Due, Law: document, Awaited: s.Path[n-1].At != home})
	}
	if !s.Due.IsZero() {
		due = append(due, domain.Due{What: domain.Text{Vi: "trả kết quả", En: "answer"}, By: s.Due, Law: document})
	}
	return due
}
