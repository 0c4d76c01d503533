package httpapi_test

import (
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// everywhere may do everything but approve what is his own.
func everywhere(account string) right.Caller {
	c := right.Caller{Account: account}
	for _, r := range right.Roles() {
		c.Grants = append(c.Grants, right.Grant{ID: string(r), Role: r},
			right.Grant{ID: string(r) + "-named", Role: r, CaseTypes: right.SensitiveTypes()})
	}
	return c
}

func watchAll(after domain.Ordinal) desk.Watch { return desk.Watch{After: after, Cases: true} }
