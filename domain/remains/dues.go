package remains

import (
	"hoso/domain"
	"hoso/domain/law"
)

// dues returns what a case waits for.
func dues(l *law.Law, s State) (due []domain.Due) {
	var document string
	if p, ok := l.Procedure(procedure(s)); ok {
		document = p.Law
	}
	if !s.Due.IsZero() {
		due = append(due, domain.Due{What: domain.Text{Vi: "làm bước tiếp theo", En: "do the next step"}, By: s.Due, Law: document})
	}
	if !s.SupportDue.IsZero() {
		due = append(due, domain.Due{What: domain.Text{Vi: "chi hỗ trợ", En: "pay the support"}, By: s.SupportDue, Law: document})
	}
	return due
}
