package httpapi_test

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/httpapi"
)

// attack is something that somebody tries. Nothing of it may be done, shown or logged, nothing may crash, and the answer is a
// problem with a code.
type attack struct {
	method, path, body string
	header             []string
	status             int
	code               string
}

const secret = "020185001234"

func newKey() string { return "Idempotency-Key: " + uuid.NewString() }

func TestAttacks(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	claim := o.story()
	before := o.position()
	filed := "/cases/unemployment/TN-1"
	deep := `{"occurred":"2024-04-22","data":` + strings.Repeat(`{"x":`, 100_000) + `1` + strings.Repeat(`}`, 100_000) + `}`
	for name, a := range map[string]attack{
		"nobody asks":                   {"GET", filed, "", []string{"Test-Account: "}, 401, "right.nobody"},
		"nobody acts":                   {"POST", filed + "/decide", decided, []string{"Test-Account: ", newKey()}, 401, "right.nobody"},
		"nobody guesses a type":         {"GET", "/cases/secret/1", "", []string{"Test-Account: "}, 401, "right.nobody"},
		"nobody exports":                {"GET", "/export", "", []string{"Test-Account: "}, 401, "right.nobody"},
		"nobody watches":                {"GET", "/changes", "", []string{"Test-Account: "}, 401, "right.nobody"},
		"nobody imports":                {"POST", "/import", "{}", []string{"Test-Account: ", "Content-Type: application/jsonl"}, 401, "right.nobody"},
		"nobody lists":                  {"GET", "/catalogue/indicators", "", []string{"Test-Account: "}, 401, "right.nobody"},
		"nobody is":                     {"GET", "/me", "", []string{"Test-Account: "}, 401, "right.nobody"},
		"an id that was guessed":        {"GET", "/cases/unemployment/" + uuid.NewString(), "", nil, 404, "case.not_found"},
		"the id of another type":        {"GET", "/cases/merit/" + claim.Case.ID.String(), "", nil, 404, "case.not_found"},
		"no such type":                  {"GET", "/cases/nothing/1", "", nil, 404, "case.unknown_type"},
		"a table for a type":            {"GET", "/cases/events;drop%20table%20events/1", "", nil, 404, "case.unknown_type"},
		"quotes for a case":             {"GET", "/cases/unemployment/%27%20OR%201=1--", "", nil, 404, "case.not_found"},
		"a broken letter for a case":    {"GET", "/cases/unemployment/%ff%fe", "", nil, 404, "case.not_found"},
		"a zero for a case":             {"GET", "/cases/unemployment/%00", "", nil, 404, "case.not_found"},
		"a path out of the API":         {"GET", "/cases/unemployment/..%2f..%2f..%2fetc%2fpasswd", "", nil, 404, "case.not_found"},
		"dots":                          {"GET", "/cases/../../healthz", "", nil, 404, "request.no_such_address"},
		"another method":                {"DELETE", filed, "", nil, 405, "request.no_such_method"},
		"a method that nobody knows":    {"STEAL", filed, "", nil, 405, "request.no_such_method"},
		"a command by GET":              {"GET", filed + "/decide", "", nil, 405, "request.no_such_method"},
		"method override":               {"POST", filed, "{}", []string{"X-HTTP-Method-Override: DELETE"}, 405, "request.no_such_method"},
		"a command of the program":      {"POST", "/cases/register/1/nothing", "{}", []string{newKey()}, 404, "request.no_such_address"},
		"a form":                        {"POST", filed + "/decide", "occurred=2024-04-22", []string{newKey(), "Content-Type: application/x-www-form-urlencoded"}, 415, "request.not_json"},
		"a form that calls itself text": {"POST", filed + "/decide", decided, []string{newKey(), "Content-Type: text/plain"}, 415, "request.not_json"},
		"no content type":               {"POST", filed + "/decide", decided, []string{newKey(), "Content-Type: "}, 415, "request.not_json"},
		"no key":                        {"POST", filed + "/decide", decided, nil, 400, "command.no_id"},
		"a key that is no uuid":         {"POST", filed + "/decide", decided, []string{"Idempotency-Key: 1"}, 400, "command.wrong_id"},
		"an empty uuid":                 {"POST", filed + "/decide", decided, []string{"Idempotency-Key: " + uuid.Nil.String()}, 400, "command.wrong_id"},
		"a key of another form":         {"POST", filed + "/decide", decided, []string{"Idempotency-Key: " + strings.ReplaceAll(uuid.NewString(), "-", "")}, 400, "command.wrong_id"},
		"two keys":                      {"POST", filed + "/decide", decided, []string{newKey(), newKey()}, 400, "request.wrong_parameter"},
		"two versions to be at":         {"POST", filed + "/decide", decided, []string{newKey(), `If-Match: "1"`, `If-Match: "9"`}, 400, "request.wrong_parameter"},
		"a list of versions to be at":   {"POST", filed + "/decide", decided, []string{newKey(), `If-Match: "9", "1"`}, 400, "request.wrong_if_match"},
		"any version to be at":          {"POST", filed + "/decide", decided, []string{newKey(), `If-Match: *`}, 400, "request.wrong_if_match"},
		"a case that must not be there": {"POST", filed + "/decide", decided, []string{newKey(), `If-None-Match: *`}, 400, "request.wrong_if_match"},
		"a day that it must not be of":  {"POST", filed + "/decide", decided, []string{newKey(), `If-Unmodified-Since: Mon, 01 Jan 2024 00:00:00 GMT`}, 400, "request.wrong_if_match"},
		"letters of another code":       {"POST", filed + "/decide", decided, []string{newKey(), "Content-Type: application/json; charset=utf-16"}, 415, "request.not_json"},
		"a body that is said packed":    {"POST", filed + "/decide", decided, []string{newKey(), "Content-Encoding: gzip"}, 415, "request.encoded"},
		"an area twice":                 {"GET", "/figures/2024-04?area=20&area=178", "", nil, 400, "request.wrong_parameter"},
		"a moment twice":                {"GET", filed + "?as_of=1&as_of=2", "", nil, 400, "request.wrong_parameter"},
		"a key twice in two cases":      {"POST", filed + "/decide", `{"Occurred":"2024-04-22","occurred":"2024-04-21","data":{"level":3000000,"months":3}}`, []string{newKey()}, 400, "line.unknown_field"},
		"a mark of the order of bytes":  {"POST", filed + "/decide", "\ufeff" + decided, []string{newKey()}, 400, "line.not_json"},
		"digits of another script":      {"POST", filed + "/decide", `{"occurred":"٢٠٢٤-٠٤-٢٢","data":{"level":3000000,"months":3}}`, []string{newKey()}, 400, "line.not_a_date"},
		"a power for a number":          {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"level":3e6,"months":3}}`, []string{newKey()}, 400, "data.ill_typed"},
		"more than a number holds":      {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"level":9223372036854775808,"months":3}}`, []string{newKey()}, 400, "data.ill_typed"},
		"a token in the address":        {"GET", "/me?access_token=hoso_x", "", nil, 400, "request.wrong_parameter"},
		"no body":                       {"POST", filed + "/decide", "", []string{newKey(), "Content-Type: application/json"}, 400, "request.wrong_parameter"},
		"half a body":                   {"POST", filed + "/decide", decided[:30], []string{newKey()}, 400, "line.not_json"},
		"two bodies":                    {"POST", filed + "/decide", decided + decided, []string{newKey()}, 400, "line.not_json"},
		"deep":                          {"POST", filed + "/decide", deep[:600_000], []string{newKey()}, 400, "line.not_json"},
		"deep brackets":                 {"POST", filed + "/decide", strings.Repeat("[", 500_000), []string{newKey()}, 400, "line.not_json"},
		"large":                         {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"number":"` + strings.Repeat("x", 1<<20) + `"}}`, []string{newKey()}, 413, "request.too_large"},
		"not UTF-8":                     {"POST", filed + "/decide", "{\"occurred\":\"\xff\"}", []string{newKey()}, 400, "line.not_utf8"},
		"another one's name":            {"POST", filed + "/decide", `{"actor":"giam-doc",` + decided[1:], []string{newKey()}, 400, "line.unknown_field"},
		"a role":                        {"POST", filed + "/decide", `{"role":"administrator",` + decided[1:], []string{newKey()}, 400, "line.unknown_field"},
		"another command in the body":   {"POST", filed + "/decide", `{"command":"unemployment.void",` + decided[1:], []string{newKey()}, 400, "line.unknown_field"},
		"a state to set":                {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"level":3000000,"months":3,"status":"paid"}}`, []string{newKey()}, 400, "data.unknown_field"},
		"the key twice in the data":     {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"months":3,"months":12,"level":3000000}}`, []string{newKey()}, 400, "line.repeated_field"},
		"a number out of range":         {"POST", filed + "/decide", `{"occurred":"2024-04-22","data":{"level":1e400,"months":3}}`, []string{newKey()}, 400, "data.ill_typed"},
		"tomorrow":                      {"POST", filed + "/decide", `{"occurred":"2024-05-03","data":{"level":3000000,"months":3}}`, []string{newKey()}, 400, "line.in_future"},
		"approval in another's name":    {"POST", filed + "/void", `{"occurred":"2024-04-22","data":{"version":1,"reason":"x","requester":"lan","approver":"minh"}}`, []string{newKey()}, 403, "right.own_approval"},
		"approval of one's own":         {"POST", filed + "/void", `{"occurred":"2024-04-22","data":{"version":1,"reason":"x","requester":"lan","approver":"lan"}}`, []string{newKey()}, 403, "right.own_approval"},
		"a sealed value of one's own":   {"POST", "/cases/person/NLD-9/register", `{"occurred":"2024-04-22","data":{"name":{"sealed":"AAAA"}}}`, []string{newKey()}, 400, "data.ill_typed"},
		"SQL for an indicator":          {"GET", "/figures/2024-04/x%27%20UNION%20SELECT%20*%20FROM%20events--/events", "", nil, 404, "figures.no_such_indicator"},
		"SQL for an area":               {"GET", "/figures/2024-04?area=" + url.QueryEscape("20' OR '1'='1"), "", nil, 400, "area.unknown"},
		"SQL for a moment":              {"GET", "/figures/2024-04?as_of=" + url.QueryEscape("1; DROP TABLE events"), "", nil, 400, "asof.malformed"},
		"SQL for a month":               {"GET", "/figures/" + url.QueryEscape("' OR 1=1"), "", nil, 400, "request.wrong_parameter"},
		"SQL for a level":               {"GET", "/figures/2024-04?by=" + url.QueryEscape("commune'--"), "", nil, 400, "request.wrong_parameter"},
		"a file for a report":           {"GET", "/reports/2024-04?spec=" + url.QueryEscape("../../../etc/passwd"), "", nil, 404, "report.no_such_spec"},
		"another format":                {"GET", "/reports/2024-04?format=exe", "", nil, 400, "request.wrong_parameter"},
		"a line end in a parameter":     {"GET", "/figures/2024-04?area=" + url.QueryEscape("x\r\nSet-Cookie: a=b"), "", nil, 400, "area.unknown"},
		"a line end for a moment":       {"GET", "/cases/unemployment/TN-1?as_of=" + url.QueryEscape("1\nlevel=ERROR msg=forged"), "", nil, 400, "asof.malformed"},
		"a huge number":                 {"GET", "/cases/unemployment/TN-1?version=99999999999999999999999", "", nil, 400, "request.wrong_parameter"},
		"a negative number":             {"GET", "/cases/unemployment/TN-1?version=-1", "", nil, 400, "request.wrong_parameter"},
		"a parameter that is not there": {"GET", filed + "?admin=true", "", nil, 400, "request.wrong_parameter"},
		"a long reference":              {"GET", "/cases/unemployment/" + strings.Repeat("x", 5000), "", nil, 400, "request.wrong_parameter"},
		"a page of one's own":           {"GET", "/figures/2024-04/unemployment.claims/events?after=%2e%2e", "", nil, 400, "figures.bad_page"},
		"all rows at once":              {"GET", "/figures/2024-04/unemployment.claims/events?limit=100000000", "", nil, 400, "request.wrong_parameter"},
		"lines that are a form":         {"POST", "/import", "a=b", []string{"Content-Type: application/x-www-form-urlencoded"}, 415, "request.not_lines"},
		"an export of what is not":      {"GET", "/export?after=999999", "", nil, 400, "asof.beyond_end"},
		"watching what is not":          {"GET", "/changes?case=x", "", nil, 400, "stream.malformed"},
		"an event id of one's own":      {"GET", "/changes", "", []string{"Last-Event-ID: 1 OR 1=1"}, 400, "asof.malformed"},
	} {
		t.Run(name, func(t *testing.T) {
			got := o.send(a.method, a.path, a.body, a.header...)
			p := got.problem(t)
			if p.Status == 422 && a.status == 400 { // one status for what is malformed, whoever finds it
				t.Errorf("%+v", p)
			}
			if p.Status != a.status || p.Code != a.code || p.Detail == "" || p.Title == "" {
				t.Errorf("%s %.80s: %+v, want %d %s", a.method, a.path, p, a.status, a.code)
			}
			for _, told := range []string{secret, "Nông", "goroutine", ".go:", "SELECT", "sqlite"} {
				if strings.Contains(got.body, told) {
					t.Errorf("it tells %q: %s", told, got.body)
				}
			}
			if got.Header.Get("Set-Cookie") != "" {
				t.Error("a header was made")
			}
		})
	}
	if now := o.position(); now != before {
		t.Errorf("%d events were recorded", now-before)
	}
	if log := o.logged.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
	if a := o.send("GET", filed, ""); a.StatusCode != 200 {
		t.Errorf("after all that: %d", a.StatusCode)
	}
}

// What is private is shown nowhere.
func TestNothingPrivateIsShown(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	o.do("unemployment/TN-1/withdraw", `{"occurred":"2024-04-08","data":{"reason":"bà Nông có việc"}}`)
	for _, path := range []string{"/cases/person/NLD-1", "/cases/person/NLD-1/history", "/cases/unemployment/TN-1", "/cases/unemployment/TN-1/history", "/export"} {
		a := o.send("GET", path, "")
		if a.StatusCode != 200 || strings.Contains(a.body, "Nông") || strings.Contains(a.body, secret) || strings.Contains(a.body, "sealed") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
}

// raw sends bytes and returns what comes back until the other side closes, or a moment has passed.
func (o *office) raw(t *testing.T, request string) string {
	t.Helper()
	u, err := url.Parse(o.url)
	if err != nil {
		t.Fatal(err)
	}
	c, err := net.Dial("tcp", u.Host)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(3 * time.Second))
	if _, err := c.Write([]byte(request)); err != nil {
		return ""
	}
	var b bytes.Buffer
	_, _ = bufio.NewReader(c).WriteTo(&b)
	return b.String()
}

// Requests that are not quite HTTP.
func TestBrokenRequests(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	before := o.position()
	body := decided
	for name, request := range map[string]string{
		"two lengths":       "POST /api/v1/cases/unemployment/TN-1/decide HTTP/1.1\r\nHost: x\r\nTest-Account: lan\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345",
		"length and chunks": "POST /api/v1/cases/unemployment/TN-1/decide HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
		"no host":           "GET /api/v1/me HTTP/1.1\r\n\r\n",
		"a header line end": "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nTest-Account: lan\r\nX: a\x00b\r\n\r\n",
		"a folded header":   "GET /api/v1/me HTTP/1.1\r\nHost: x\r\n X: y\r\n\r\n",
		"not HTTP":          "\x16\x03\x01\x00\xa5\x01\x00",
		"a negative length": "POST /api/v1/import HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
		"a body that is short": fmt.Sprintf("POST /api/v1/cases/unemployment/TN-1/decide HTTP/1.1\r\nHost: x\r\nTest-Account: lan\r\nContent-Type: application/json\r\nIdempotency-Key: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
			uuid.NewString(), len(body)+10, body),
	} {
		t.Run(name, func(t *testing.T) {
			got := o.raw(t, request)
			if strings.HasPrefix(got, "HTTP/1.1 2") {
				t.Errorf("%s", got)
			}
		})
	}
	if now := o.position(); now != before {
		t.Errorf("%d events were recorded", now-before)
	}
}

// Whatever is sent, nothing crashes and nothing of it is recorded twice.
func TestNoise(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.story()
	noise := make([]byte, 2000)
	for n := range 200 {
		_, _ = rand.Read(noise)
		a := o.send("POST", "/cases/unemployment/TN-1/decide", string(noise[:n*10]), newKey(), "Content-Type: application/json")
		if a.StatusCode != 400 {
			t.Fatalf("%d %s", a.StatusCode, a.body)
		}
	}
	if log := o.logged.String(); log != "" {
		t.Errorf("logged: %s", log)
	}
}

// One account cannot take all places, and more than all places are not there; whoever is sent away is told to come again.
func TestTooMany(t *testing.T) {
	t.Parallel()
	o := newLimited(t, httpapi.Limits{Requests: 3, Caller: 2, Watchers: 2})
	o.story()
	watch := func(who string) answer {
		r, err := http.NewRequestWithContext(t.Context(), "GET", o.url+"/changes", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Test-Account", who)
		a, err := http.DefaultTransport.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { a.Body.Close() })
		return answer{Response: a}
	}
	for range 2 {
		if a := watch("lan"); a.StatusCode != 200 {
			t.Fatal(a.StatusCode)
		}
	}
	a := o.send("GET", "/me", "")
	if p := a.problem(t); p.Status != 429 || p.Code != "request.too_many" || a.Header.Get("Retry-After") == "" {
		t.Errorf("%+v", p)
	}
	if a := o.send("GET", "/me", "", "Test-Account: minh"); a.StatusCode != 200 {
		t.Errorf("somebody else: %d %s", a.StatusCode, a.body)
	}
	if p := o.send("GET", "/changes", "", "Test-Account: minh").problem(t); p.Status != 503 || p.Code != "request.server_busy" {
		t.Errorf("a third watcher: %+v", p)
	}
}
