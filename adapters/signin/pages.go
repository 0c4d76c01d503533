package signin

import (
	"embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"hoso/domain"
)

// Page is what a page of signing in says. Forms are sent to the address under which they stand.
type Page struct {
	Form     Form
	Login    string // what was typed; of a password page the account's name
	Next     string // where to go afterwards, a path of this site
	Wrong    string // why it did not work, in the reader's language; empty: nothing was tried
	Field    string // the field that is wrong; empty: none more than another
	Provider string // the name of the office's own provider; empty: there is none
	Must     bool   // the password has to be changed before anything else
	Status   int
}

// Form is which page it is.
type Form string

// The pages.
const (
	LogInForm    Form = "log_in"   // fields login, password, next
	PasswordForm Form = "password" // fields old, new, again, next
)

//go:embed templates
var templates embed.FS

var plainPages = template.Must(template.ParseFS(templates, "templates/*.html"))

// plain shows a page without scripts.
func plain(w http.ResponseWriter, _ *http.Request, p Page) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(p.Status)
	_ = plainPages.ExecuteTemplate(w, string(p.Form)+".html", p)
}

func style(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "public, max-age=3600")
	http.ServeFileFS(w, r, templates, "templates/style.css")
}

func (s *SignIn) show(w http.ResponseWriter, r *http.Request, p Page, err error) {
	p.Status = http.StatusOK
	if err != nil {
		var e *domain.Error
		e, p.Wrong = s.said(w, r, err)
		p.Status, p.Field = e.Kind.Status(), e.Field
		if p.Form == PasswordForm && e.Code == errWrong.Code {
			p.Field = "old"
		}
	}
	if s.Provider != nil {
		p.Provider = s.Provider.Name
	}
	w.Header().Set("Cache-Control", "no-store")
	s.Dress(w, r, p)
}

// within returns a path of this site, and the beginning of it for anything else: who logs in is never sent elsewhere.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || !strings.HasPrefix(next, "/") || strings.HasPrefix(next, "//") ||
		strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}

func (s *SignIn) logInPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, Page{Form: LogInForm, Next: within(r.URL.Query().Get("next"))}, nil)
}

func (s *SignIn) logInForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	p := Page{Form: LogInForm, Login: r.PostFormValue("login"), Next: within(r.PostFormValue("next"))}
	one, err := s.logIn(w, r, p.Login, r.PostFormValue("password"))
	switch {
	case err != nil:
		s.show(w, r, p, err)
	case one.Password.Temporary:
		http.Redirect(w, r, "/mat-khau?next="+url.QueryEscape(p.Next), http.StatusSeeOther)
	default:
		http.Redirect(w, r, p.Next, http.StatusSeeOther)
	}
}

func (s *SignIn) logOutForm(w http.ResponseWriter, r *http.Request) {
	if err := s.stop(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/dang-nhap", http.StatusSeeOther)
}

func (s *SignIn) passwordPage(w http.ResponseWriter, r *http.Request) {
	now := s.session(r.Context())
	one, err := s.Accounts.ByID(r.Context(), now.account)
	if err != nil || !now.known() || one.Epoch != now.epoch || one.Closed {
		http.Redirect(w, r, "/dang-nhap?next=%2Fmat-khau", http.StatusSeeOther)
		return
	}
	s.show(w, r, Page{Form: PasswordForm, Login: string(one.Login), Must: one.Password.Temporary, Next: within(r.URL.Query().Get("next"))}, nil)
}

var errNotAgain = &domain.Error{Kind: domain.Invalid, Code: "signin.not_the_same_again", Field: "again",
	Msg: "hai lần nhập mật khẩu mới không giống nhau", En: "the new password is not the same both times"}

func (s *SignIn) passwordForm(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	p := Page{Form: PasswordForm, Next: within(r.PostFormValue("next"))}
	if one, err := s.Accounts.ByID(r.Context(), s.session(r.Context()).account); err == nil {
		p.Login, p.Must = string(one.Login), one.Password.Temporary
	}
	err := error(errNotAgain)
	if r.PostFormValue("new") == r.PostFormValue("again") {
		err = s.change(r, r.PostFormValue("old"), r.PostFormValue("new"))
	}
	if err != nil {
		s.show(w, r, p, err)
		return
	}
	http.Redirect(w, r, p.Next, http.StatusSeeOther)
}
