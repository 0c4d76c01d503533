package right

import (
	"slices"
	"strings"

	"hoso/domain"
)

// Role is what somebody is there for.
type Role string

// The roles. None has the rights of another one hidden in it: who is two things has two grants.
const (
	Caseworker    Role = "caseworker"    // records acts
	Approver      Role = "approver"      // decides on what others file: corrections, voids, reports
	Auditor       Role = "auditor"       // reads everything, and who read what; records nothing
	Statistician  Role = "statistician"  // figures and reports; no case, no person
	Administrator Role = "administrator" // accounts and their rights; no case, no person
)

// Action is what somebody wants to do.
type Action string

// The actions.
const (
	Act         Action = "act"          // record an act in a case
	Approve     Action = "approve"      // approve what somebody else files
	ApproveOwn  Action = "approve_own"  // approve what one filed oneself: a right of its own, off by default
	ReadCase    Action = "read_case"    // a case and its history, with what is private masked
	ReadPerson  Action = "read_person"  // a person unmasked; each reading is recorded
	ReadFigures Action = "read_figures" // figures and reports: sums, nobody's data
	Close       Action = "close"        // draft, submit and publish a month's report
	Audit       Action = "audit"        // all events, and who read what
	Administer  Action = "administer"   // accounts, grants and tokens
)

// can lists what each role may do.
var can = map[Role][]Action{
	Caseworker:    {Act, ReadCase, ReadPerson, ReadFigures},
	Approver:      {Approve, ReadCase, ReadPerson, ReadFigures, Close},
	Auditor:       {ReadCase, ReadPerson, ReadFigures, Audit},
	Statistician:  {ReadFigures, Close},
	Administrator: {Administer},
}

// Roles returns all roles, in the order in which people are shown them.
func Roles() []Role { return []Role{Caseworker, Approver, Auditor, Statistician, Administrator} }

// Actions returns all actions.
func Actions() []Action {
	return []Action{Act, Approve, ApproveOwn, ReadCase, ReadPerson, ReadFigures, Close, Audit, Administer}
}

var roleLabels = map[Role]domain.Text{
	Caseworker:    {Vi: "cán bộ thụ lý", En: "caseworker"},
	Approver:      {Vi: "người duyệt", En: "approver"},
	Auditor:       {Vi: "người kiểm tra", En: "auditor"},
	Statistician:  {Vi: "người làm thống kê", En: "statistician"},
	Administrator: {Vi: "quản trị viên", En: "administrator"},
}

var actionLabels = map[Action]domain.Text{
	Act:         {Vi: "ghi việc vào hồ sơ", En: "record acts"},
	Approve:     {Vi: "duyệt", En: "approve"},
	ApproveOwn:  {Vi: "duyệt việc của chính mình", En: "approve one's own act"},
	ReadCase:    {Vi: "xem hồ sơ", En: "read cases"},
	ReadPerson:  {Vi: "xem đầy đủ thông tin cá nhân", En: "read personal data"},
	ReadFigures: {Vi: "xem số liệu", En: "read figures"},
	Close:       {Vi: "soạn, trình và phát hành báo cáo", En: "draft, submit and publish reports"},
	Audit:       {Vi: "kiểm tra nhật ký", En: "audit the log"},
	Administer:  {Vi: "quản trị tài khoản", En: "administer accounts"},
}

// Label returns what people call the role.
func (r Role) Label() domain.Text { return roleLabels[r] }

// Known tells whether there is such a role.
func (r Role) Known() bool { return can[r] != nil }

// Label returns what people call the action.
func (a Action) Label() domain.Text { return actionLabels[a] }

// Known tells whether there is such an action.
func (a Action) Known() bool { return actionLabels[a].Vi != "" }

// For returns the action that a command needs. What approves is for approvers: an amendment that somebody requested, a month's
// report, the erasure of a person. To correct or void an act alone, without somebody who requested it, is approving one's own. The
// commands of accounts are given by the program for administrators.
func For(command string) Action {
	caseType, verb, _ := strings.Cut(command, ".")
	switch {
	case caseType == "account":
		return Administer
	case verb == "correct", verb == "void":
		return ApproveOwn
	case verb == "approve_amendment", verb == "decline_amendment", command == "period.approve", command == "period.return", command == "person.erase":
		return Approve
	case caseType == "period":
		return Close
	}
	return Act
}

// Awaited returns the action that takes a case on from a step.
func Awaited(caseType string, s domain.Step) Action { return For(caseType + "." + s.Next) }

// sensitive are the case types that a grant has to name.
var sensitive = map[string]string{
	"rehab":     "NĐ 13/2023 Đ2 k4",            // state of health, breaches of law: sensitive personal data
	"screening": "Luật Trẻ em 102/2016 Đ6 k11", // the private life of children
}

// Sensitive tells whether a grant has to name a case type for it to count, and on which law that rests.
func Sensitive(caseType string) (law string, yes bool) {
	law, yes = sensitive[caseType]
	return law, yes
}

// SensitiveTypes returns the case types that a grant has to name.
func SensitiveTypes() []string {
	all := make([]string, 0, len(sensitive))
	for name := range sensitive {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}
