package domain

import "regexp"

// Assign gives the work on a case to an account, or takes it back from everybody. Every case type knows it; the name is
// "<case type>.assign". It changes nothing in the case, and no figure.
type Assign struct {
	Type    string `json:"-"`
	Account string `json:"account,omitempty" vi:"Người thụ lý" en:"Assigned to" hint:"để trống: không giao cho ai"`
}

// Assigned says who does the work on a case from now on; nobody where the account is empty.
type Assigned struct {
	Type    string `json:"-"`
	Account string `json:"account,omitempty"`
}

// CommandName implements [Command].
func (c Assign) CommandName() string { return c.Type + ".assign" }

// EventType implements [Event].
func (e Assigned) EventType() string { return e.Type + ".assigned" }

var (
	assignsNothing = Rule{Code: "assign.changes_nothing", Say: Text{
		"hồ sơ đang do chính người này thụ lý", "the case is assigned like that already"}}
	assignsNoCase = Rule{Code: "assign.no_case", Say: Text{
		"chưa có hồ sơ này để giao việc", "there is no such case to assign"}}
	assignsNoAccount = Rule{Code: "assign.no_account", Field: "account", Say: Text{
		"tên tài khoản chỉ gồm chữ không dấu, chữ số và . _ @ - (tối đa 64)", "an account is named with letters without marks, digits and . _ @ - (at most 64)"}}
)

// accountName keeps people's names out of what all may read.
var accountName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$`)

func (h *History[S]) assign(c Assign) ([]Event, error) {
	switch {
	case h.tail.Version == 0:
		return nil, assignsNoCase.Refuse()
	case c.Account == h.assigned:
		return nil, assignsNothing.Refuse()
	case c.Account != "" && !accountName.MatchString(c.Account):
		return nil, assignsNoAccount.Refuse()
	}
	return []Event{Assigned(c)}, nil
}
