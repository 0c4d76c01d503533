package counselling

import (
	"slices"

	"hoso/domain"
)

// after lists the statuses that each act may follow; "" is a case that does not exist yet.
var after = map[string][]Status{"counselling.given": {""}}

var (
	unknownCommand = domain.Rule{Code: "counselling.unknown_command", Say: domain.Text{Vi: "lượt tư vấn không có lệnh này", En: "a counselling has no such command"}}
	alreadyGiven   = domain.Rule{Code: "counselling.already_given", Say: domain.Text{
		Vi: "lượt tư vấn đã được ghi; mỗi lượt là một hồ sơ", En: "this counselling is recorded already; the next one is a case of its own"}}
	nobody     = domain.Rule{Code: "counselling.nobody", Say: domain.Text{Vi: "cần người hoặc doanh nghiệp được tư vấn", En: "a person or an employer is needed"}}
	twoClients = domain.Rule{Code: "counselling.two_clients", Say: domain.Text{
		Vi: "một lượt tư vấn là cho một người hoặc cho một doanh nghiệp, không phải cả hai", En: "a counselling is of a person or of an employer, not of both"}}
)

func allow(s State, act domain.Act) error {
	if !slices.Contains(after[act.Event.EventType()], s.Status) {
		return alreadyGiven.Refuse()
	}
	e, ok := act.Event.(Given)
	switch {
	case !ok:
	case e.Person.IsZero() && e.Employer == "":
		return nobody.Refuse()
	case !e.Person.IsZero() && e.Employer != "":
		return twoClients.Refuse()
	}
	return nil
}
