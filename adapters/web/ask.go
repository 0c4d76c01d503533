package web

import (
	"net/http"
	"net/url"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// Ask is a request as pages see it.
type Ask struct {
	*http.Request
	*Site
	Lang  Lang
	Theme string // light, dark; empty: as the system has it
	Who   Caller // nil: nobody is signed in
	Views Views
	page  page
	w     http.ResponseWriter
}

func (s *Site) ask(w http.ResponseWriter, r *http.Request) *Ask {
	a := &Ask{Request: r, Site: s, Lang: Vi, w: w}
	if c, err := r.Cookie("lang"); err == nil && c.Value == string(En) {
		a.Lang = En
	}
	if c, err := r.Cookie("theme"); err == nil && (c.Value == "light" || c.Value == "dark") {
		a.Theme = c.Value
	}
	if who, ok := s.Who(r.Context()); ok {
		a.Who = who
	}
	return a
}

// may tells whether the caller may do something at all, somewhere.
func (a *Ask) may(action Action) error {
	switch {
	case a.page.name == "" && action == "":
		return nil // how pages look is everybody's own
	case a.Who == nil:
		return signInFirst
	case action == "":
		return nil
	}
	if len(a.Who.Units(action)) > 0 {
		return nil
	}
	return a.Who.May(action, "", "")
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

// within bounds a list of cases to those that the caller may read.
func (a *Ask) within() []worklist.Scope {
	if a.Readable == nil {
		return nil // each row is asked about
	}
	return a.Readable(a.Context())
}

// look finds people and cases that the caller may see.
func (a *Ask) look(text string, limit int) (search.Result, error) {
	if a.Search == nil {
		return a.Views.Search.Find(a.Context(), text, limit)
	}
	return a.Search(a.Context(), text, limit)
}

// May tells whether the caller may do something in a unit.
func (a *Ask) May(action Action, caseType string, unit area.Code) error {
	if a.Who == nil {
		return signInFirst
	}
	return a.Who.May(action, caseType, unit)
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
