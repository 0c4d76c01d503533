package signin

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"hoso/domain/right"
)

// BenchmarkToken is what recognising a token adds to a request.
func BenchmarkToken(b *testing.B) {
	o := newOffice(b)
	text, token := NewToken(mai, "x", right.Scope{}, o.Accounts.Today().AddDays(1))
	if err := o.Accounts.IssueToken(o.console, mai, token); err != nil {
		b.Fatal(err)
	}
	h := o.Known(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if c, ok := right.Of(r.Context()); !ok || c.May(right.Act, right.Target{CaseType: "merit", Unit: "06550"}) != nil {
			b.Error("not known")
		}
	}))
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+text)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
}
