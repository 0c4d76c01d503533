package httpapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/right"
)

// reach is where the right to an operation has to be.
type reach int

const (
	anybody   reach = iota // who has logged in
	atCase                 // where the case lies, or above it
	ofArea                 // in the unit that is asked about, or above it
	bounded                // anywhere: the answer holds what lies there
	unbounded              // in no certain unit
	apart                  // walked by TestDocumentsInEveryUnit
)

// walked says of each operation that is no command which right it needs, and where. Whoever adds an operation writes it down here.
var walked = map[string]struct {
	need  right.Action
	reach reach
	query string
}{
	"me": {"", anybody, ""}, "case-types": {"", anybody, ""}, "events": {"", anybody, ""}, "indicators": {"", anybody, ""}, "areas": {"", anybody, ""},
	"case": {right.ReadCase, atCase, ""}, "history": {right.ReadCase, atCase, ""}, "person": {right.ReadPerson, atCase, "?purpose=handling"},
	"figures": {right.ReadFigures, ofArea, "?"}, "series": {right.ReadFigures, ofArea, "?"}, "explain": {right.ReadFigures, ofArea, "?"},
	"compare": {right.ReadFigures, ofArea, "?from=1&"}, "report": {right.ReadFigures, ofArea, "?"},
	"amendments": {right.Approve, bounded, ""}, "cases": {right.ReadCase, bounded, "?type=unemployment"}, "search": {right.ReadCase, bounded, ""},
	"attach": {right.Act, apart, ""}, "documents": {right.ReadCase, atCase, ""}, "document": {right.ReadPerson, apart, ""},
	"changes": {"", bounded, "?after=1&type=unemployment"}, "import": {"", bounded, ""},
	"export": {right.Audit, unbounded, ""}, "readings": {right.Audit, unbounded, ""},
}

// needOfCommand says which right a command needs, written down a second time.
func needOfCommand(name string) right.Action {
	caseType, verb, _ := strings.Cut(name, ".")
	switch {
	case caseType == "account":
		return right.Administer
	case verb == "correct" || verb == "void":
		return right.ApproveOwn
	case verb == "approve_amendment" || verb == "decline_amendment" || name == "person.erase" || name == "period.approve" || name == "period.return":
		return right.Approve
	case caseType == "period":
		return right.Close
	}
	return right.Act
}

// units are where somebody may have a role: where a case lies, in units above, and beside.
type units struct{ in, out []area.Code }

func walkedUnits(t *testing.T) units {
	t.Helper()
	own, ok := area.Find(ownCommune, 20240402)
	other, found := area.Find(otherCommune, 20240402)
	sibling := area.Code("")
	for _, u := range area.Communes("20", 20240402) {
		if u.Parent == own.Parent && u.Code != own.Code {
			sibling = u.Code
		}
	}
	if !ok || !found || own.Parent == other.Parent || sibling == "" {
		t.Fatalf("the units of the test are not what it needs: %+v %+v %q", own, other, sibling)
	}
	return units{in: []area.Code{own.Code, own.Parent, "20", ""}, out: []area.Code{sibling, other.Code, other.Parent}}
}

// walker is an office with a case of each type in one commune.
type walker struct {
	*office
	at    units
	cases map[string]string // by case type
}

func newWalker(t *testing.T) *walker {
	t.Helper()
	w := &walker{office: newOffice(t), at: walkedUnits(t), cases: map[string]string{"person": "NLD-1", "unemployment": "TN-1"}}
	w.story()
	for _, ct := range w.desk.Catalog.Types {
		if ct.Commands[0].Own || w.cases[ct.Name] != "" { // cases that only the program opens: see needOfCommand
			continue
		}
		var refusals []string
		for _, c := range ct.Commands {
			_, verb, _ := strings.Cut(c.Name, ".")
			name := "W-" + verb
			if a := w.as(everywhere("lan"), "POST", "/cases/"+ct.Name+"/"+name+"/"+verb, bodyFor(c, ownCommune)); a.Code == http.StatusCreated {
				w.cases[ct.Name] = name
				break
			} else {
				refusals = append(refusals, c.Name+" "+codeOf(a))
			}
		}
		if w.cases[ct.Name] == "" {
			t.Fatalf("no case of type %s could be opened, so nothing would be tested: %q", ct.Name, refusals)
		}
	}
	w.position()
	return w
}

// callers are somebody with each role, and with none, in a unit.
func callers(unit area.Code) map[right.Role]right.Caller {
	all := map[right.Role]right.Caller{"": {Account: "minh"}}
	for _, role := range right.Roles() {
		all[role] = right.Caller{Account: "minh", Grants: []right.Grant{{Role: role, Unit: unit}, {Role: role, Unit: unit, CaseTypes: right.SensitiveTypes()}}}
	}
	all[alone] = right.Caller{Account: "minh", Grants: []right.Grant{{Role: right.Approver, Unit: unit, ApproveOwn: true},
		{Role: right.Approver, Unit: unit, CaseTypes: right.SensitiveTypes(), ApproveOwn: true}}}
	return all
}

// TestEveryRoleAtEveryOperationInEveryUnit walks all of it: what is not allowed is refused, and what is allowed is not. A case
// that lies where the caller has no right is answered like one that does not exist, letter by letter.
func TestEveryRoleAtEveryOperationInEveryUnit(t *testing.T) {
	t.Parallel()
	w := newWalker(t)
	if a := w.as(everywhere("lan"), "POST", "/cases/unemployment/TN-1/request_amendment", requestCorrection); a.Code != http.StatusOK {
		t.Fatalf("%d %s", a.Code, a.Body)
	}
	before := w.position()
	operations := w.operations()
	if len(operations) < 100 {
		t.Fatalf("only %d operations", len(operations))
	}
	for id, op := range operations {
		row, read := walked[id]
		command, isCommand := w.desk.Catalog.Command(id)
		if read == isCommand {
			t.Fatalf("%s: which right does it need, and where? It has no row", id)
		}
		for _, unit := range slices.Concat(w.at.in, w.at.out) {
			in := slices.Contains(w.at.in, unit)
			for role, c := range callers(unit) {
				what := string(role) + " in " + string(unit) + " at " + id
				if isCommand {
					w.command(what, c, command, in, slices.Contains(mayDo[role], needOfCommand(id)))
					continue
				}
				may := row.need == "" || slices.Contains(mayDo[role], row.need)
				switch row.reach {
				case anybody:
					w.want(what, w.as(c, op[0], op[1], ""), 200, "")
				case atCase:
					w.atCase(what, c, op, row.query, in, may)
				case ofArea:
					w.ofArea(what, c, id, op, row.query, unit, may)
				case unbounded:
					w.want(what, w.as(c, op[0], op[1], ""), code(may && unit == "", 200, 403), missing(!may || unit != ""))
				case bounded:
					w.bounded(what, c, id, op, row.query, in, may)
				}
			}
		}
	}
	if n := w.position(); n != before+domain.Ordinal(w.imported()) {
		t.Errorf("%d events, want %d", n, before)
	}
}

func code(ok bool, yes, no int) int {
	if ok {
		return yes
	}
	return no
}

func missing(yes bool) string {
	if yes {
		return right.CodeMissing
	}
	return ""
}

func (w *walker) want(what string, got *httptest.ResponseRecorder, status int, problem string) {
	w.Helper()
	if got.Code != status || codeOf(got) != problem {
		w.Errorf("%s: %d %.300s, want %d %s", what, got.Code, got.Body, status, problem)
	}
}

// command gives a command for a version that the case does not have: who may give it is told that, and nothing is recorded.
func (w *walker) command(what string, c right.Caller, t domain.CommandType, in, may bool) {
	w.Helper()
	caseType, verb, _ := strings.Cut(t.Name, ".")
	give := func(name string) *httptest.ResponseRecorder {
		r := httptest.NewRequestWithContext(right.With(w.Context(), c), "POST", httpapi.Prefix+"/cases/"+caseType+"/"+name+"/"+verb, strings.NewReader(bodyFor(t, ownCommune)))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", uuid.NewString())
		r.Header.Set("If-Match", `"999"`)
		answer := httptest.NewRecorder()
		w.api.ServeHTTP(answer, r)
		return answer
	}
	there, none := give(w.cases[caseType]), give("KHONG-CO")
	if w.cases[caseType] == "" { // only the program opens such a case: there is none
		there, in = give("KHONG-CO-DAU"), false
		if may && len(c.Grants) > 0 && c.Grants[0].Unit == "" { // and none is hidden from who may see all: the case's rules answer
			w.want(what, there, 412, "case.version_changed")
			return
		}
	}
	switch {
	case !may && needOfCommand(t.Name) == right.ApproveOwn:
		w.want(what, there, 403, right.CodeOwn)
	case !may:
		w.want(what, there, 403, right.CodeMissing)
	case in:
		w.want(what, there, 412, "case.version_changed")
		return
	case codeOf(there) != "case.not_found" && codeOf(there) != right.CodeMissing: // the latter of a command that would open a case there
		w.Errorf("%s: %d %.300s", what, there.Code, there.Body)
	}
	if there.Code != none.Code || there.Body.String() != none.Body.String() {
		w.Errorf("%s: of a case that is there\n%d %s and of one that is not\n%d %s", what, there.Code, there.Body, none.Code, none.Body)
	}
}

func (w *walker) atCase(what string, c right.Caller, op [2]string, query string, in, may bool) {
	w.Helper()
	for caseType, name := range w.cases {
		if query != "" && caseType != "person" { // a person in full
			continue
		}
		ask := func(name string) *httptest.ResponseRecorder {
			return w.as(c, op[0], strings.NewReplacer("{type}", caseType, "{case}", name).Replace(op[1])+query, "")
		}
		there, none := ask(name), ask("KHONG-CO")
		switch {
		case !may:
			w.want(what, there, 403, right.CodeMissing)
		case in:
			w.want(what, there, 200, "")
			continue
		case there.Code != 404:
			w.Errorf("%s %s: %d %.300s", what, caseType, there.Code, there.Body)
		}
		if there.Code != none.Code || there.Body.String() != none.Body.String() {
			w.Errorf("%s %s: of a case that is there\n%d %s and of one that is not\n%d %s", what, caseType, there.Code, there.Body, none.Code, none.Body)
		}
	}
}

// ofArea asks about the commune, and about units around it.
func (w *walker) ofArea(what string, c right.Caller, id string, op [2]string, query string, unit area.Code, may bool) {
	w.Helper()
	for _, about := range w.at.in {
		path := strings.NewReplacer("{month}", "2024-04", "{indicator}", "unemployment.claims").Replace(op[1]) + query
		if about != "" {
			path += "&area=" + string(about)
		}
		ok := may && area.InUse().Within(about, unit) && (about != "" || unit == "")
		got := w.as(c, op[0], strings.Replace(path, "?&", "?", 1), "")
		w.want(what+" about "+string(about), got, code(ok, 200, 403), missing(!ok))
		if names := strings.Contains(got.Body.String(), `"case":"unemployment-`); id == "explain" && ok && names != (c.May(right.ReadCase, right.Target{CaseType: "unemployment", Unit: ownCommune}) == nil) {
			w.Errorf("%s about %s: names the case: %t", what, about, names)
		}
	}
}

// imported counts the lines that imports took: one for each who may act there.
func (w *walker) imported() int { return len(w.at.in) }

func (w *walker) bounded(what string, c right.Caller, id string, op [2]string, query string, in, may bool) {
	w.Helper()
	switch id {
	case "changes":
		w.watched(what, c, op[1]+query, in)
	case "import":
		line := `{"command":"person.register","case":"NLD-` + uuid.NewString() + `","occurred":"2024-04-01","data":{"name":"X","commune":"` + string(ownCommune) + `"}}`
		got := w.as(c, op[0], op[1], line)
		acts := len(c.Grants) > 0 && c.Grants[0].Role == right.Caseworker
		if taken := strings.Contains(got.Body.String(), `"written":1`); got.Code != 200 || taken != (in && acts) {
			w.Errorf("%s: %d %s", what, got.Code, got.Body)
		}
	case "amendments":
		got := w.as(c, op[0], op[1]+query, "")
		w.want(what, got, code(may, 200, 403), missing(!may))
		if found := strings.Contains(got.Body.String(), "unemployment-"); may && found != in {
			w.Errorf("%s: found %t: %s", what, found, got.Body)
		}
	default:
		body := ""
		if id == "search" {
			body = searching("Nông Thị Lan")
		}
		got := w.as(c, op[0], op[1]+query, body)
		w.want(what, got, code(may, 200, 403), missing(!may))
		found := strings.Contains(got.Body.String(), "unemployment-") || strings.Contains(got.Body.String(), "Nông Thị Lan")
		if may && found != in {
			w.Errorf("%s: found %t: %s", what, found, got.Body)
		}
	}
}

// watched looks at what a watcher is told of the case. Who may read it is waited for; who may not is told nothing at once.
func (w *walker) watched(what string, c right.Caller, path string, in bool) {
	w.Helper()
	reads := len(c.Grants) > 0 && slices.Contains(mayDo[c.Grants[0].Role], right.ReadCase)
	long := 30 * time.Millisecond
	if in && reads {
		long = 10 * time.Second
	}
	ctx, stop := context.WithTimeout(right.With(w.Context(), c), long)
	defer stop()
	seen := &stopper{ResponseRecorder: httptest.NewRecorder(), stop: stop}
	w.api.ServeHTTP(seen, httptest.NewRequestWithContext(ctx, "GET", httpapi.Prefix+path, nil))
	if told := strings.Contains(seen.Body.String(), "event: case"); seen.Code != code(reads, 200, 403) || told != (in && reads) {
		w.Errorf("%s: %d, told %t: %s", what, seen.Code, told, seen.Body)
	}
}

// stopper ends a stream at its first case.
type stopper struct {
	*httptest.ResponseRecorder
	stop func()
}

func (s *stopper) Write(b []byte) (int, error) {
	n, err := s.ResponseRecorder.Write(b)
	if strings.Contains(string(b), "event: case") {
		s.stop()
	}
	return n, err
}
