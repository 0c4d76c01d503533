package right_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/right"
)

// caller has one grant.
func caller(g right.Grant) right.Caller {
	return right.Caller{Account: "lan", Grants: []right.Grant{g}}
}

func TestEveryRoleAndAction(t *testing.T) {
	t.Parallel()
	want := map[right.Role]string{ // in the order of Actions: act approve approve_own read_case read_person read_figures close audit administer
		right.Caseworker:    "x..xxx...",
		right.Approver:      ".x.xxxx..",
		right.Auditor:       "...xxx.x.",
		right.Statistician:  ".....xx..",
		right.Administrator: "........x",
	}
	if len(want) != len(right.Roles()) {
		t.Fatal("a role is missing in the table")
	}
	for role, row := range want {
		for i, a := range right.Actions() {
			err := caller(right.Grant{Role: role, Unit: "188"}).May(a, right.Target{CaseType: "merit", Unit: "06550"})
			if got := err == nil; got != (row[i] == 'x') {
				t.Errorf("%s may %s: %v", role, a, err)
			}
			if err != nil && (domain.KindOf(err) != domain.Forbidden || errors.Unwrap(err) != nil) {
				t.Errorf("%s may %s: %v is of kind %v", role, a, err, domain.KindOf(err))
			}
		}
	}
}

func TestReach(t *testing.T) {
	t.Parallel()
	type target = right.Target
	for name, c := range map[string]struct {
		grant right.Grant
		to    target
		want  bool
	}{
		"the unit itself":                  {right.Grant{Unit: "06550"}, target{"merit", "06550"}, true},
		"a unit below":                     {right.Grant{Unit: "188"}, target{"merit", "06550"}, true},
		"the province":                     {right.Grant{Unit: "20"}, target{"merit", "06550"}, true},
		"everywhere":                       {right.Grant{}, target{"merit", "06550"}, true},
		"another unit":                     {right.Grant{Unit: "181"}, target{"merit", "06550"}, false},
		"the unit above":                   {right.Grant{Unit: "06550"}, target{"merit", "188"}, false},
		"no unit, granted in one":          {right.Grant{Unit: "20"}, target{"merit", ""}, false},
		"no unit, granted everywhere":      {right.Grant{}, target{"merit", ""}, true},
		"a unit that is none":              {right.Grant{Unit: "20"}, target{"merit", "99999"}, false},
		"its case type":                    {right.Grant{CaseTypes: []string{"merit", "gift"}}, target{"gift", ""}, true},
		"another case type":                {right.Grant{CaseTypes: []string{"merit", "gift"}}, target{"job", ""}, false},
		"no certain case type":             {right.Grant{CaseTypes: []string{"merit"}}, target{"", ""}, false},
		"rehabilitation by a general one":  {right.Grant{}, target{"rehab", ""}, false},
		"children by a general one":        {right.Grant{}, target{"screening", ""}, false},
		"rehabilitation where it is named": {right.Grant{CaseTypes: []string{"rehab"}}, target{"rehab", ""}, true},
		"children where rehabilitation is": {right.Grant{CaseTypes: []string{"rehab"}}, target{"screening", ""}, false},
		"its case type in another unit":    {right.Grant{Unit: "181", CaseTypes: []string{"rehab"}}, target{"rehab", "06550"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.grant.Role = right.Caseworker
			if err := caller(c.grant).May(right.Act, c.to); (err == nil) != c.want {
				t.Errorf("%+v to %+v: %v", c.grant, c.to, err)
			}
		})
	}
}

func TestApprovingOnesOwnIsARightOfItsOwn(t *testing.T) {
	t.Parallel()
	to := right.Target{CaseType: "merit"}
	for _, role := range right.Roles() {
		for _, own := range []bool{false, true} {
			err := caller(right.Grant{Role: role, ApproveOwn: own}).May(right.ApproveOwn, to)
			if want := own && role == right.Approver; (err == nil) != want {
				t.Errorf("%s, %t: %v", role, own, err)
			}
		}
	}
	if err := caller(right.Grant{Role: right.Approver}).May(right.ApproveOwn, to); domain.CodeOf(err) != right.CodeOwn {
		t.Errorf("the refusal is %v", err)
	}
}

func TestTwoGrantsAreNotOne(t *testing.T) {
	t.Parallel()
	c := right.Caller{Account: "lan", Grants: []right.Grant{
		{Role: right.Caseworker, Unit: "188", CaseTypes: []string{"merit"}}, {Role: right.Auditor, Unit: "181"}}}
	for what, err := range map[string]error{
		"acting where she audits":       c.May(right.Act, right.Target{CaseType: "merit", Unit: "181"}),
		"auditing where she acts":       c.May(right.Audit, right.Target{CaseType: "merit", Unit: "188"}),
		"acting on what she may not":    c.May(right.Act, right.Target{CaseType: "job", Unit: "188"}),
		"reading elsewhere than either": c.May(right.ReadCase, right.Target{CaseType: "merit", Unit: "185"}),
	} {
		if err == nil {
			t.Errorf("%s is allowed", what)
		}
	}
}

func TestScopeOnlyTakesAway(t *testing.T) {
	t.Parallel()
	c := caller(right.Grant{Role: right.Caseworker, Unit: "188"})
	to := right.Target{CaseType: "merit", Unit: "06550"}
	for name, s := range map[string]struct {
		scope right.Scope
		code  string
	}{
		"all":               {right.Scope{}, "internal"},
		"the action":        {right.Scope{Actions: []right.Action{right.Act}}, "internal"},
		"another action":    {right.Scope{Actions: []right.Action{right.ReadFigures}}, right.CodeBeyondScope},
		"the case type":     {right.Scope{CaseTypes: []string{"merit"}}, "internal"},
		"another case type": {right.Scope{CaseTypes: []string{"job"}}, right.CodeBeyondScope},
		"the unit":          {right.Scope{Unit: "06550"}, "internal"},
		"a wider unit":      {right.Scope{Unit: "20"}, "internal"},
		"another unit":      {right.Scope{Unit: "181"}, right.CodeBeyondScope},
	} {
		c.Scope = s.scope
		if err := c.May(right.Act, to); err != nil && domain.CodeOf(err) != s.code || err == nil && s.code != "internal" {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.Scope = right.Scope{Actions: []right.Action{right.Administer}}
	if err := c.May(right.Administer, right.Target{}); domain.CodeOf(err) != right.CodeMissing {
		t.Errorf("a scope gave a right: %v", err)
	}
}

func TestUnitsInWhichSomethingIsAllowed(t *testing.T) {
	t.Parallel()
	lan := right.Caller{Account: "lan", Grants: []right.Grant{
		{Role: right.Caseworker, Unit: "188", CaseTypes: []string{"rehab"}}, {Role: right.Caseworker, Unit: "06550"}, {Role: right.Auditor, Unit: "20"}}}
	narrow := lan
	narrow.Scope.Unit = "181"
	typed := lan
	typed.Scope.CaseTypes = []string{"merit"}
	for name, c := range map[string]struct {
		caller   right.Caller
		action   right.Action
		caseType string
		want     []area.Code
	}{
		"of some type":                     {lan, right.Act, "", []area.Code{"188"}},
		"of a type":                        {lan, right.Act, "merit", []area.Code{"06550"}},
		"of a type that has to be named":   {lan, right.Act, "rehab", []area.Code{"188"}},
		"of one that nobody named":         {lan, right.Act, "screening", nil},
		"another action":                   {lan, right.Audit, "merit", []area.Code{"20"}},
		"by a token of a unit between":     {narrow, right.Audit, "", []area.Code{"181"}},
		"by a token of a type":             {typed, right.Act, "", []area.Code{"06550"}},
		"by a token of another type":       {typed, right.Act, "rehab", nil},
		"everywhere":                       {caller(right.Grant{Role: right.Auditor}), right.Audit, "", []area.Code{""}},
		"an action that nobody gave":       {lan, right.Administer, "", nil},
		"somebody without an account":      {right.Caller{Grants: lan.Grants}, right.Act, "", nil},
		"somebody with nothing but a name": {right.Caller{Account: "lan"}, right.Act, "", nil},
	} {
		got, err := c.caller.Where(c.action, c.caseType)
		if !slices.Equal(got, c.want) || (err == nil) != (len(c.want) > 0) {
			t.Errorf("%s: %q %v, want %q", name, got, err, c.want)
		}
		if err != nil && domain.KindOf(err) != domain.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAScopeHoldsWhatReachesNoFurther(t *testing.T) {
	t.Parallel()
	type scope = right.Scope
	act, read := right.Act, right.ReadCase
	for name, c := range map[string]struct {
		of, other scope
		want      bool
	}{
		"everything, everything":        {scope{}, scope{}, true},
		"everything, something":         {scope{}, scope{Actions: []right.Action{act}, CaseTypes: []string{"merit"}, Unit: "188"}, true},
		"the same":                      {scope{Actions: []right.Action{act}, Unit: "188"}, scope{Actions: []right.Action{act}, Unit: "188"}, true},
		"fewer actions":                 {scope{Actions: []right.Action{act, read}}, scope{Actions: []right.Action{read}}, true},
		"more actions":                  {scope{Actions: []right.Action{act}}, scope{Actions: []right.Action{act, read}}, false},
		"actions without a limit":       {scope{Actions: []right.Action{act}}, scope{}, false},
		"case types without a limit":    {scope{CaseTypes: []string{"merit"}}, scope{}, false},
		"another case type":             {scope{CaseTypes: []string{"merit"}}, scope{CaseTypes: []string{"gift"}}, false},
		"a unit below":                  {scope{Unit: "188"}, scope{Unit: "06550"}, true},
		"the unit above":                {scope{Unit: "188"}, scope{Unit: "20"}, false},
		"units without a limit":         {scope{Unit: "188"}, scope{}, false},
		"less in one and more in other": {scope{Actions: []right.Action{act}, Unit: "188"}, scope{Actions: []right.Action{act}, Unit: "181"}, false},
	} {
		if got := c.of.Holds(c.other, area.InUse()); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	for name, c := range map[string]struct {
		of    scope
		grant right.Grant
		want  bool
	}{
		"a role with more actions":       {scope{Actions: []right.Action{right.Administer}}, right.Grant{Role: right.Caseworker}, false},
		"a role with the same ones":      {scope{Actions: []right.Action{right.Administer}}, right.Grant{Role: right.Administrator}, true},
		"approving one's own":            {scope{Actions: []right.Action{right.Approve, read, right.ReadPerson, right.ReadFigures, right.Close}}, right.Grant{Role: right.Approver, ApproveOwn: true}, false},
		"and without that":               {scope{Actions: []right.Action{right.Approve, read, right.ReadPerson, right.ReadFigures, right.Close}}, right.Grant{Role: right.Approver}, true},
		"in a unit above":                {scope{Unit: "188"}, right.Grant{Role: right.Auditor, Unit: "20"}, false},
		"types that need no naming":      {scope{CaseTypes: []string{"merit"}}, right.Grant{Role: right.Auditor}, false},
		"everything of what is in reach": {scope{}, right.Grant{Role: right.Auditor, CaseTypes: []string{"rehab"}}, true},
	} {
		if got := c.of.HoldsGrant(c.grant, area.InUse()); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestActorIsWhatTheNarrowestGrantSays(t *testing.T) {
	t.Parallel()
	c := right.Caller{Account: "lan", Grants: []right.Grant{
		{Role: right.Auditor}, {Role: right.Approver, Unit: "20"}, {Role: right.Caseworker, Unit: "06550"}, {Role: right.Caseworker, Unit: "188"}}}
	for a, want := range map[right.Action]domain.Actor{
		right.Act:      {ID: "lan", Role: "caseworker", Unit: "06550"},
		right.Approve:  {ID: "lan", Role: "approver", Unit: "20"},
		right.Audit:    {ID: "lan", Role: "auditor"},
		right.ReadCase: {ID: "lan", Role: "caseworker", Unit: "06550"},
	} {
		if got, err := c.Actor(a, right.Target{CaseType: "merit", Unit: "06550"}); got != want || err != nil {
			t.Errorf("%s by %+v %v, want %+v", a, got, err, want)
		}
	}
	if _, err := (right.Caller{Grants: c.Grants}).Actor(right.Act, right.Target{CaseType: "merit", Unit: "06550"}); err == nil {
		t.Error("grants without an account act")
	}
}

func TestAccountsAreNoCases(t *testing.T) {
	t.Parallel()
	for role, want := range map[right.Role]bool{right.Caseworker: false, right.Approver: false, right.Auditor: true, right.Statistician: false, right.Administrator: false} {
		if err := caller(right.Grant{Role: role}).May(right.ReadCase, right.Target{CaseType: "account"}); (err == nil) != want {
			t.Errorf("%s reads accounts as cases: %v", role, err)
		}
	}
	if err := caller(right.Grant{Role: right.Administrator}).May(right.Administer, right.Target{CaseType: "account"}); err != nil {
		t.Error(err)
	}
}

func TestDaysOfAGrant(t *testing.T) {
	t.Parallel()
	g := right.Grant{From: 20240401, Until: 20240430}
	for on, want := range map[calendar.Date]bool{20240331: false, 20240401: true, 20240430: true, 20240501: false} {
		if got := g.InForce(on); got != want {
			t.Errorf("%s: %t", on, got)
		}
	}
	if got := right.InForce([]right.Grant{g, {ID: "for ever"}}, 20240501); len(got) != 1 || got[0].ID != "for ever" {
		t.Errorf("in force: %+v", got)
	}
}

func TestWhatACommandNeeds(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]right.Action{
		"merit.file": right.Act, "merit.correct": right.ApproveOwn, "period.void": right.ApproveOwn,
		"merit.request_amendment": right.Act, "period.request_amendment": right.Close, "merit.approve_amendment": right.Approve, "merit.decline_amendment": right.Approve,
		"person.erase": right.Approve,
		"period.open":  right.Close, "period.submit": right.Close, "period.approve": right.Approve, "period.return": right.Approve,
		"account.grant": right.Administer, "account.correct": right.Administer,
	} {
		if got := right.For(command); got != want {
			t.Errorf("%s needs %s, want %s", command, got, want)
		}
	}
}

func TestSensitiveTypesAreCaseTypes(t *testing.T) {
	t.Parallel()
	all := catalog.All()
	for _, name := range right.SensitiveTypes() {
		if _, ok := all.Type(name); !ok {
			t.Errorf("%s is no case type: the rule that protects it protects nothing", name)
		}
	}
}

func TestRefusalsSayWhatIsMissingAndWhoGivesIt(t *testing.T) {
	t.Parallel()
	var e *domain.Error
	if err := (right.Caller{Account: "lan"}).May(right.Act, right.Target{CaseType: "rehab", Unit: area.Code("188")}); !errors.As(err, &e) {
		t.Fatal(err)
	}
	for _, part := range []string{"ghi việc vào hồ sơ", "rehab", "188", "cán bộ thụ lý", "quản trị viên", "nêu rõ"} {
		if !strings.Contains(e.Msg, part) {
			t.Errorf("%q does not say %q", e.Msg, part)
		}
	}
	if e.En == "" || e.Law == "" {
		t.Errorf("no English or no law: %+v", e)
	}
	for _, a := range right.Actions() {
		if !a.Known() || a.Label().En == "" || !slices.ContainsFunc(right.Roles(), func(r right.Role) bool {
			return caller(right.Grant{Role: r, ApproveOwn: true}).May(a, right.Target{}) == nil
		}) {
			t.Errorf("%s has no label, or no role has it", a)
		}
	}
}

func TestContextFollowsTheCaller(t *testing.T) {
	t.Parallel()
	if _, ok := right.Of(t.Context()); ok {
		t.Error("somebody asks where nobody does")
	}
	if c, ok := right.Of(right.With(t.Context(), right.Caller{Account: "lan"})); !ok || c.Account != "lan" {
		t.Errorf("%+v %t", c, ok)
	}
	there := true
	ctx := right.WithLive(t.Context(), func() (right.Caller, bool) { return right.Caller{Account: "lan"}, there })
	if _, ok := right.Of(ctx); !ok {
		t.Error("not there")
	}
	there = false
	if _, ok := right.Of(ctx); ok {
		t.Error("still there after the session has ended")
	}
}
