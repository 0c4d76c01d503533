package web_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/web"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/access"
	"hoso/projections/figures"
	"hoso/projections/worklist"
)

// mayDo says which role may do what, written down a second time: a table that is read from the code proves nothing.
var mayDo = map[right.Role][]right.Action{
	right.Caseworker:    {right.Act, right.ReadCase, right.ReadPerson, right.ReadFigures},
	right.Approver:      {right.Approve, right.ReadCase, right.ReadPerson, right.ReadFigures, right.Close},
	right.Auditor:       {right.ReadCase, right.ReadPerson, right.ReadFigures, right.Audit},
	right.Statistician:  {right.ReadFigures, right.Close},
	right.Administrator: {right.Administer},
}

// reach is where the right to a page has to be.
type reach int

const (
	visitors  reach = iota // nobody has to be signed in
	anybody                // whoever is signed in
	somewhere              // anywhere
	atCase                 // where the case lies, or above it; elsewhere there is no such case
	ofArea                 // in the unit that is asked about, or above it
	bounded                // anywhere: the page shows what lies there
	unbounded              // in no certain unit
)

// row is what a page needs, and how it is asked so that nothing lasting comes of it: what is allowed answers with a status.
type row struct {
	need    []right.Action // any of these
	reach   reach
	query   string // of an address, or the form; {unit} is the commune, {case} the case in it
	allowed int
}

func needs(a ...right.Action) []right.Action { return a }

// rows says it of each address. Whoever adds one writes it down here.
var rows = map[string]row{
	"GET /{$}":                        {needs(right.ReadFigures), ofArea, "month=2024-04&area={unit}", 200},
	"GET /so-lieu/{indicator}":        {needs(right.ReadFigures), ofArea, "month=2024-04&area={unit}", 200},
	"GET /bao-cao":                    {needs(right.ReadFigures), ofArea, "month=2024-04&area={unit}", 200},
	"GET /bao-cao/so-sanh":            {needs(right.ReadFigures), ofArea, "month=2024-04&from={late}&area={unit}", 200},
	"GET /bao-cao/tep/{format}":       {needs(right.ReadFigures), ofArea, "month=2024-04&area={unit}", 200},
	"GET /kiem-tra":                   {needs(right.Audit), somewhere, "", 200},
	"GET /kiem-tra/su-kien":           {needs(right.Audit), unbounded, "", 200},
	"GET /kiem-tra/ho-so/{case}":      {needs(right.Audit), atCase, "", 200},
	"GET /kiem-tra/chung-minh/{case}": {needs(right.Audit), atCase, "", 404}, // nothing was sealed yet
	"GET /kiem-tra/ai-doc":            {needs(right.Audit), unbounded, "", 200},
	"GET /kiem-tra/dem-lai":           {needs(right.Audit), ofArea, "month=2024-04&area={unit}", 200},

	"GET /quan-tri":                    {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/tai-khoan":          {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/tai-khoan/{login}":  {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/quyen":              {needs(right.Administer, right.Audit), somewhere, "on=2024-05-02&area={unit}", 200},
	"GET /quan-tri/danh-muc":           {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/danh-muc/su-kien":   {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/danh-muc/don-vi":    {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/danh-muc/lich":      {needs(right.Administer, right.Audit), somewhere, "", 200},
	"GET /quan-tri/danh-muc/phap-luat": {needs(right.Administer, right.Audit), somewhere, "", 200},

	"GET /cong-viec":                 {needs(right.ReadCase), bounded, "whose=all&type=unemployment", 200},
	"GET /ho-so":                     {needs(right.ReadCase), somewhere, "", 200},
	"GET /ho-so/{case}":              {needs(right.ReadCase), atCase, "", 200},
	"GET /ho-so/{case}/bien-nhan":    {needs(right.ReadCase), atCase, "", 200},
	"GET /ghi/{command}":             {needs(right.Act), somewhere, "case={id}", 200},
	"GET /nhap-du-lieu":              {needs(right.Act), somewhere, "", 200},
	"GET /nhap-du-lieu/{upload}":     {needs(right.Act), somewhere, "", 404}, // which is another one's
	"GET /nhap-du-lieu/{upload}/loi": {needs(right.Act), somewhere, "", 404},
	"GET /tep-mau/{command}":         {needs(right.Act), somewhere, "", 200},

	"POST /ho-so":                               {needs(right.ReadCase), bounded, "q={id}", 200},
	"POST /ho-so/{case}/thong-tin":              {needs(right.ReadPerson), atCase, "person={person}&purpose=handling", 200},
	"POST /ho-so/{case}/tai-lieu/{version}":     {needs(right.ReadPerson), atCase, "purpose=handling", 404}, // it has no such document
	"POST /ho-so/{case}/tai-lieu":               {needs(right.Act), somewhere, "", 400},                     // no form; attaching itself: desk.Attach
	"POST /ho-so/nguoi":                         {needs(right.ReadCase), somewhere, "q=nguyen", 200},
	"POST /ho-so/trung":                         {needs(right.ReadCase), somewhere, "f.name=nguyen", 200},
	"POST /quan-tri/tai-khoan":                  {needs(right.Administer), somewhere, "login=%C4%91&name=X", 400},
	"POST /quan-tri/tai-khoan/{login}/mat-khau": {needs(right.Administer), ofArea, "", 200},
	"POST /quan-tri/tai-khoan/{login}/cap":      {needs(right.Administer), ofArea, "role=root&unit={unit}", 422},
	"POST /quan-tri/tai-khoan/{login}/thu-hoi":  {needs(right.Administer), ofArea, "grant=khong", 422},
	"POST /quan-tri/tai-khoan/{login}/khoa":     {needs(right.Administer), ofArea, "", 303},
	"POST /quan-tri/tai-khoan/{login}/mo-lai":   {needs(right.Administer), ofArea, "", 303},

	"POST /quan-tri/tai-khoan/{login}/ma-truy-cap":         {needs(right.Administer), ofArea, "label=thu", 200},
	"POST /quan-tri/tai-khoan/{login}/ma-truy-cap/thu-hoi": {needs(right.Administer), ofArea, "token=" + uuid.NewString(), 422},
	"POST /quan-tri/tai-khoan/{login}/danh-tinh/gan":       {needs(right.Administer), ofArea, "subject=ai", 303},
	"POST /quan-tri/tai-khoan/{login}/danh-tinh/go":        {needs(right.Administer), ofArea, "issuer=x&subject=" + uuid.NewString(), 422},

	"GET /tai-khoan":                      {nil, anybody, "", 404}, // who walks has no account
	"POST /tai-khoan/ma-truy-cap":         {nil, anybody, "label=thu", 422},
	"POST /tai-khoan/ma-truy-cap/thu-hoi": {nil, anybody, "token=" + uuid.NewString(), 422},

	"POST /giao-dien":                  {nil, visitors, "theme=dark", 303},
	"POST /bao-cao/buoc":               {needs(right.Close), ofArea, "step=publish&signed=x&month=2023-01&area={unit}&command=" + uuid.NewString(), 400},
	"POST /kiem-tra/doi-chieu":         {needs(right.Audit), unbounded, "", 303},
	"POST /cong-viec/giao":             {needs(right.Act), atCase, "case={case}&account=ai.do", 303},
	"POST /ghi/{command}":              {needs(right.Act), somewhere, "draft=" + uuid.NewString() + "&then=keep", 303},
	"POST /gui/{command}":              {needs(right.Act), somewhere, "draft=" + uuid.NewString(), 303},
	"POST /nhap-du-lieu/{upload}/cot":  {needs(right.Act), somewhere, "", 404},
	"POST /nhap-du-lieu/{upload}/nhap": {needs(right.Act), somewhere, "", 404},
	"POST /nhap-du-lieu":               {needs(right.Act), somewhere, "", 400}, // no file
	"GET /truc-tiep":                   {nil, anybody, "", 200},
}

// walked is what the walk is about: a case, and an account with a right where the case lies.
type walked struct {
	*province
	c       worklist.Case
	none    domain.StreamID // a case that is not there
	late    domain.Ordinal  // a position of a moment ago
	in, out []area.Code     // units that hold the case, and some that do not
}

func newWalk(t *testing.T) walked {
	t.Helper()
	w := walked{province: lang(t), none: domain.StreamID{Type: "unemployment", ID: uuid.New()}}
	page, err := w.readers.Work.List(t.Context(), worklist.Query{Types: []string{"unemployment"}, Step: "filed", On: 20240503, Limit: 50})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range page.Cases {
		if u, ok := area.Find(c.Unit, 20240503); ok && u.Level == area.Commune && len(c.Persons) == 1 {
			w.c, w.in = c, []area.Code{u.Code, u.Parent, "20", ""}
			break
		}
	}
	if w.in == nil {
		t.Fatal("no case of a commune")
	}
	for _, u := range area.Communes("20", 20240503) {
		if area.InUse().Within(w.c.Unit, u.Code) { // by what the communes became, one is part of the other
			continue
		}
		if u.Parent == w.in[1] && u.Code != w.in[0] && len(w.out) == 0 {
			w.out = append(w.out, u.Code)
		} else if u.Parent != w.in[1] && len(w.out) == 1 {
			w.out = append(w.out, u.Code, u.Parent)
		}
	}
	if len(w.out) != 3 {
		t.Fatalf("no units beside %q: %q", w.in, w.out)
	}
	ctx := access.Console(t.Context())
	if err := w.accounts.Open(ctx, account.Open{Login: walkedLogin, Name: domain.Hide("Người Thử")}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.accounts.Grant(ctx, walkedLogin, right.Grant{Role: right.Caseworker, Unit: w.c.Unit}); err != nil {
		t.Fatal(err)
	}
	if err := w.caughtUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.late = w.readers.At() - 5
	return w
}

const walkedLogin = "di.dao"

// ask asks for an address as a caller; nil is nobody.
func (w walked) ask(t *testing.T, c *right.Caller, address string, r row, about domain.StreamID) *httptest.ResponseRecorder {
	t.Helper()
	fill := strings.NewReplacer("{$}", "", "{indicator}", "unemployment.claims", "{format}", "xlsx", "{command}", "unemployment.collect", "{upload}", uuid.Nil.String(),
		"{login}", walkedLogin, "{version}", "99", "{case}", about.String(), "{id}", about.ID.String(), "{unit}", string(w.c.Unit), "{person}", w.c.Persons[0].String(), "{late}", fmt.Sprint(w.late))
	method, path, _ := strings.Cut(address, " ")
	path, query := fill.Replace(path), fill.Replace(r.query)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	if c != nil {
		ctx = right.With(ctx, *c)
	}
	var request *http.Request
	if method == http.MethodGet {
		request = httptest.NewRequestWithContext(ctx, method, path+"?"+query, nil)
	} else {
		request = httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(query))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if strings.HasSuffix(address, "/truc-tiep") {
		cancel() // it does not end by itself
	}
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, request)
	return answer
}

// Every role, and whoever has none, at every page in every unit: what is not allowed is refused, and what is allowed is not. A case
// that lies where somebody has no right looks like one that does not exist.
func TestEveryRoleAtEveryPageInEveryUnit(t *testing.T) {
	w := newWalk(t)
	for _, address := range web.Addresses() {
		r, ok := rows[address]
		if !ok {
			t.Fatalf("%s: which right does it need, and where? It has no row", address)
		}
		if got, want := w.ask(t, nil, address, r, w.c.Case).Code, map[bool]int{true: r.allowed, false: 401}[r.reach == visitors]; got != want {
			t.Errorf("nobody at %s: %d, want %d", address, got, want)
		}
		for _, unit := range slices.Concat(w.in, w.out) {
			for _, role := range append(right.Roles(), "") {
				w.visitAs(t, address, r, role, unit)
			}
		}
	}
}

func (w walked) visitAs(t *testing.T, address string, r row, role right.Role, unit area.Code) {
	t.Helper()
	c := right.Caller{Account: "di.xem", Via: right.ViaPassword}
	if role != "" {
		c = somebody("di.xem", "Người Xem", unit, role)
	}
	in := slices.Contains(w.in, unit)
	may := len(r.need) == 0 || slices.ContainsFunc(r.need, func(a right.Action) bool { return slices.Contains(mayDo[role], a) })
	want := r.allowed
	switch {
	case !may, r.reach == ofArea && !in, r.reach == unbounded && unit != "":
		want = http.StatusForbidden
	case r.reach == atCase && !in:
		want = http.StatusNotFound
	}
	got := w.ask(t, &c, address, r, w.c.Case)
	switch body := got.Body.String(); {
	case address == "GET /{$}" && want == 403 && got.Code == 303: // who may not see the first page is led to another one
		return
	case strings.HasSuffix(address, "/mo-lai") && want == 303 && got.Code == 422: // it is open
		return
	case strings.HasSuffix(address, "/gan") && want == 303 && got.Code == 422: // it is linked
		return
	case strings.HasSuffix(address, "/khoa") && want == 303 && got.Code == 422: // it is closed
		return
	case got.Code != want:
		t.Errorf("%s in %q at %s: %d, want %d: %s", role, unit, address, got.Code, want, text(body))
	case !in && want == 404 && r.reach == atCase:
		none := w.ask(t, &c, address, r, w.none)
		if none.Code != got.Code || strings.ReplaceAll(none.Body.String(), w.none.ID.String(), "") != strings.ReplaceAll(body, w.c.Case.ID.String(), "") {
			t.Errorf("%s in %q at %s: of a case that is there\n%s\nand of one that is not\n%s", role, unit, address, text(body), text(none.Body.String()))
		}
	case want == 200 && r.reach == bounded:
		if found := strings.Contains(body, `href="/ho-so/`+w.c.Case.String()); !in && found || in && !found && r.query != "whose=all&type=unemployment" {
			t.Errorf("%s in %q at %s: shows the case: %t", role, unit, address, found)
		}
	}
}

// text is the beginning of a page's own content.
func text(page string) string {
	_, main, _ := strings.Cut(page, "<main")
	return main[:min(len(main), 600)]
}

// Whoever may read a figure, and no cases of its type there, sees the sum and how it came about; the page says that the cases are not
// open, names none and leads to none.
func TestAFigureNamesOnlyCasesThatMayBeRead(t *testing.T) {
	p := lang(t)
	general := right.Caller{Account: "chung", Grants: []right.Grant{{Role: right.Caseworker}}}
	named := right.Caller{Account: "rieng", Grants: []right.Grant{{Role: right.Caseworker}, {Role: right.Caseworker, CaseTypes: right.SensitiveTypes()}}}
	district := right.Caller{Account: "huyen", Grants: []right.Grant{{Role: right.Statistician}, {Role: right.Caseworker, Unit: "178"}}}
	first, err := p.readers.Figures.Explain(t.Context(), figures.Query{Month: calendar.Month{Year: 2024, Month: 4}, Area: "178", Indicators: []string{"unemployment.claims"}}, figures.Page{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	one, err := p.readers.Work.Case(t.Context(), first.Events[0].Case)
	if err != nil {
		t.Fatal(err)
	}
	commune := right.Caller{Account: "xa", Grants: []right.Grant{{Role: right.Statistician}, {Role: right.Caseworker, Unit: one.Unit}}}
	for name, c := range map[string]struct {
		as        right.Caller
		indicator string
		area      area.Code
		open, not bool // some cases are open, some are not
	}{
		"a statistician":                       {staff["khoa"], "unemployment.claims", "", false, true},
		"a caseworker":                         {general, "unemployment.claims", "", true, false},
		"a caseworker of one commune in it":    {commune, "unemployment.claims", "178", true, true},
		"a caseworker of one district":         {district, "unemployment.claims", "178", true, false},
		"a statistician, rehabilitation":       {staff["khoa"], "rehab.admitted", "", false, true},
		"a caseworker, rehabilitation unnamed": {general, "rehab.admitted", "", false, true},
		"a caseworker, rehabilitation named":   {named, "rehab.admitted", "", true, false},
		"a statistician, children":             {staff["khoa"], "children.screened", "", false, true},
		"a caseworker, children named":         {named, "children.screened", "", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			caseType, _, _ := strings.Cut(strings.Replace(c.indicator, "children.", "screening.", 1), ".")
			body := p.page(t, c.as, "/so-lieu/"+c.indicator+"?month=2024-04&area="+string(c.area))
			opens := strings.Contains(body, `href="/ho-so/`+caseType+`-`)
			withheld := strings.Contains(body, "ngoài quyền xem")
			if opens != c.open || withheld != c.not {
				t.Errorf("opens %t, withholds %t", opens, withheld)
			}
			if c.not != strings.Contains(body, "Ngoài quyền xem:") {
				t.Error("the page does not say why, or says it for nothing")
			}
		})
	}
	body := p.page(t, staff["khoa"], fmt.Sprintf("/bao-cao/so-sanh?month=2024-04&area=&from=%d", p.readers.At()-400))
	if strings.Contains(body, `href="/ho-so/`) || strings.Contains(body, `href="/kiem-tra/ho-so/`) || !strings.Contains(body, "Ngoài quyền xem:") {
		t.Error("the comparison opens cases to a statistician, or does not say why not")
	}
	r := httptest.NewRequestWithContext(right.With(t.Context(), staff["khoa"]), http.MethodGet, "/bao-cao/tep/xlsx?month=2024-04&area=06550", nil)
	w := httptest.NewRecorder()
	p.site.ServeHTTP(w, r)
	if z, err := zip.NewReader(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len())); err != nil {
		t.Error(w.Code, err)
	} else if all := unzipped(t, z); !strings.Contains(all, "unemployment.") || regexp.MustCompile(`[a-z]+-[0-9a-f]{8}-[0-9a-f]{4}-`).MatchString(all) {
		t.Error("the file of a report names cases to a statistician, or has no events")
	}
}

func unzipped(t *testing.T, z *zip.Reader) string {
	t.Helper()
	var all strings.Builder
	for _, f := range z.File {
		in, err := f.Open()
		if err == nil {
			_, err = io.Copy(&all, in)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// page loads a page as a caller.
func (p *province) page(t *testing.T, c right.Caller, address string) string {
	t.Helper()
	w := httptest.NewRecorder()
	p.site.ServeHTTP(w, httptest.NewRequestWithContext(right.With(t.Context(), c), http.MethodGet, address, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", address, w.Code, text(w.Body.String()))
	}
	return w.Body.String()
}

// alone gives somebody the separate right to approve his own, and so to amend in one act.
func alone(c right.Caller) right.Caller {
	for i := range c.Grants {
		c.Grants[i].ApproveOwn = true
	}
	return c
}

// A caseworker requests amendments, and nobody corrects or voids alone without the separate right to that; whoever may not
// something is told why not.
func TestTheCasePageOffersWhatTheDeskAllows(t *testing.T) {
	p := lang(t)
	c := aCase(t, p, "filed")
	at := "/ho-so/" + c.Case.String()
	for as, want := range map[string]struct{ acts, amends bool }{"hien": {false, false}, "tu.sua": {false, true}, "lan": {true, false}, "tham": {false, false}, "minh": {true, false}} {
		_, body := p.visit(t, as, at)
		for command, offered := range map[string]bool{"unemployment.decide": want.acts, "unemployment.request_amendment": want.acts, "unemployment.correct": want.amends, "unemployment.void": want.amends} {
			if got := strings.Contains(body, `href="/ghi/`+command+`?case=`); got != offered {
				t.Errorf("%s is offered %s: %t", as, command, got)
			}
			if res, _ := p.visit(t, as, "/ghi/"+command+"?case="+c.Case.ID.String()); (res.StatusCode == http.StatusOK) != offered {
				t.Errorf("%s at the form of %s: %d", as, command, res.StatusCode)
			}
			if res, _ := p.post(t, as, "/ghi/"+command, url.Values{"draft": {uuid.NewString()}, "then": {"keep"}}.Encode()); (res.StatusCode == http.StatusSeeOther) != offered {
				t.Errorf("%s fills in %s: %d", as, command, res.StatusCode)
			}
		}
		if !want.acts && !strings.Contains(body, "không có quyền ghi việc vào hồ sơ") || !want.amends && !strings.Contains(body, "cũng không tự sửa hoặc hủy một mình") {
			t.Errorf("%s is not told what the account may not do", as)
		}
	}
}

// Who has the separate right approves the report that he submitted himself, and nobody else does.
func TestApprovingOnesOwnReport(t *testing.T) {
	p := lang(t)
	own := somebody("tu.duyet", "Mông Thị Tự", "", right.Approver)
	step := func(c right.Caller, name string) *httptest.ResponseRecorder {
		form := url.Values{"step": {name}, "month": {"2023-07"}, "area": {"178"}, "command": {uuid.NewString()}}
		r := httptest.NewRequestWithContext(right.With(t.Context(), c), http.MethodPost, "/bao-cao/buoc", strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		p.site.ServeHTTP(w, r)
		return w
	}
	page := func(c right.Caller) string { return p.page(t, c, "/bao-cao?month=2023-07&area=178") }
	for _, name := range []string{"open", "draft", "submit"} {
		if w := step(own, name); w.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d %s", name, w.Code, text(w.Body.String()))
		}
	}
	const why = "người duyệt phải khác người trình"
	if w := step(own, "approve"); w.Code < 400 || !strings.Contains(page(own), why) {
		t.Errorf("approved by who submitted it: %d", w.Code)
	}
	own.Grants[0].ApproveOwn = true
	if strings.Contains(page(own), why) {
		t.Error("who may approve his own is told that he may not")
	}
	if w := step(own, "approve"); w.Code != http.StatusSeeOther {
		t.Errorf("not approved by who has the right to that: %d %s", w.Code, text(w.Body.String()))
	}
}
