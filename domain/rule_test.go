package domain_test

import (
	"testing"

	"hoso/domain"
	"hoso/domain/calendar"
)

func TestARuleRefusesInBothLanguages(t *testing.T) {
	t.Parallel()
	rule := domain.Rule{Code: "rehab.term_not_over", Law: "NĐ 116/2021 Đ62",
		Say: domain.Text{Vi: "%s: thời hạn %d tháng, đến ngày %s", En: "%s: the term of %d months ends on %s"}}
	err := rule.Refuse(domain.Text{Vi: "học viên", En: "trainee"}, 12, calendar.Date(20240408))
	if err.Error() != "học viên: thời hạn 12 tháng, đến ngày 08/4/2024 (NĐ 116/2021 Đ62)" || err.En != "trainee: the term of 12 months ends on 2024-04-08" {
		t.Errorf("%v; %s", err, err.En)
	}
	if domain.KindOf(err) != domain.Rejected || domain.CodeOf(err) != rule.Code {
		t.Errorf("%v %s", domain.KindOf(err), domain.CodeOf(err))
	}
}
