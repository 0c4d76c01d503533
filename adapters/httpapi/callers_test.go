package httpapi_test

import "hoso/domain/right"

// everywhere has every role everywhere, also for what is sensitive.
func everywhere(account string) right.Caller {
	c := right.Caller{Account: account}
	for _, r := range right.Roles() {
		c.Grants = append(c.Grants, right.Grant{Role: r}, right.Grant{Role: r, CaseTypes: right.SensitiveTypes()})
	}
	return c
}
