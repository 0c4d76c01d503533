package web

import (
	"net/http"
	"net/url"
	"strings"

	"hoso/domain"
	"hoso/domain/right"
)

// Ask is a request as pages see it.
type Ask struct {
	*http.Request
	*Site
	Lang  Lang
	Theme string        // light, dark; empty: as the system has it
	Who   *right.Caller // nil: nobody is signed in
	// Refused is why the form was not taken for which this page is shown again.
	Refused refusal
	page    page
	w       http.ResponseWriter
}

func (s *Site) ask(w http.ResponseWriter, r *http.Request) *Ask {
	a := &Ask{Request: r, Site: s, Lang: Vi, w: w}
	if c, err := r.Cookie("lang"); err == nil && c.Value == string(En) {
		a.Lang = En
	}
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		a.Theme = c.Value
	}
	a.Refused, _ = r.Context().Value(refusalKey{}).(refusal)
	if who, ok := right.Of(r.Context()); ok {
		a.Who = &who
	}
	return a
}

// first returns the first section that the caller may open, for whoever may not open the first one of all; empty: none.
func (a *Ask) first() string {
	for _, section := range sections {
		for _, p := range pages() {
			if a.Who != nil && p.path == section.Path && a.may(p.action) == nil {
				return p.path
			}
		}
	}
	return ""
}

// appearance keeps the language and the theme that somebody chose.
func appearance(a *Ask) (string, error) {
	for name, allowed := range map[string]string{"lang": "vi en", "theme": "light dark system"} {
		v := a.PostFormValue(name)
		if v == "" {
			continue
		}
		if strings.Contains(v, " ") || !strings.Contains(allowed, v) {
			return "", domain.Malformed("web.no_such_choice", name, "không có lựa chọn này")
		}
		http.SetCookie(a.w, &http.Cookie{Name: name, Value: v, Path: "/", MaxAge: 365 * 24 * 3600, HttpOnly: true, Secure: a.TLS != nil, SameSite: http.SameSiteLaxMode})
	}
	return local(a.PostFormValue("back")), nil
}

// local keeps an address within the site: a form must not lead elsewhere.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(address, "\\\r\n") {
		return "/"
	}
	return address
}
