package signin

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/calendar"
	"hoso/domain/intake"
	"hoso/domain/right"
)

// maxBody is how much anybody may send here.
const maxBody = 8 << 10

var errMalformed = &domain.Error{Kind: domain.Invalid, Code: "signin.malformed",
	Msg: "nội dung gửi lên không đúng dạng", En: "what was sent is malformed"}

// read reads a JSON object strictly. A form of another site cannot send one: it would have to ask first (CORS).
func read(w http.ResponseWriter, r *http.Request, into any) error {
	if kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); strings.TrimSpace(kind) != "application/json" {
		return errMalformed
	}
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return errMalformed
	}
	o, err := intake.Object(text)
	if err != nil || !plainNames(o) {
		return errMalformed
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var own *domain.Error
		if errors.As(err, &own) {
			return own
		}
		return errMalformed
	}
	return nil
}

// plainNames tells whether all names are written as they are declared: encoding/json takes LOGIN for login, and of both the last.
func plainNames(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			if strings.ContainsFunc(name, func(c rune) bool { return (c < 'a' || c > 'z') && c != '_' }) || !plainNames(inner) {
				return false
			}
		}
	case []any:
		return !slices.ContainsFunc(v, func(inner any) bool { return !plainNames(inner) })
	}
	return true
}

// who is the answer about a session.
type who struct {
	Account    string        `json:"account"`
	Name       string        `json:"name"`
	MustChange bool          `json:"must_change"` // the password, before anything else
	Via        right.Via     `json:"via"`
	Ends       *time.Time    `json:"ends,omitempty"` // at the latest
	Grants     []right.Grant `json:"grants"`
}

func (s *SignIn) postSession(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Login    string `json:"login"`
		Password string `json:"password"`
	}
	err := read(w, r, &in)
	if err == nil {
		_, err = s.logIn(w, r, in.Login, in.Password)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.answerSession(w, r)
}

func (s *SignIn) getSession(w http.ResponseWriter, r *http.Request) { s.answerSession(w, r) }

func (s *SignIn) answerSession(w http.ResponseWriter, r *http.Request) {
	if c, ok := right.Of(r.Context()); ok && c.Via == right.ViaToken {
		answer(w, http.StatusOK, who{Account: c.Account, Name: c.Name, Via: c.Via, Grants: orNone(c.Grants)})
		return
	}
	now := s.session(r.Context())
	one, err := s.Accounts.ByID(r.Context(), now.account)
	if err != nil || !now.known() || one.Closed || one.Epoch != now.epoch {
		s.fail(w, r, errNobody)
		return
	}
	out := who{string(one.Login), one.Name, now.via == right.ViaPassword && one.Password.Temporary, now.via, &now.deadline, []right.Grant{}}
	if !out.MustChange {
		out.Grants = orNone(right.InForce(one.Grants, s.Accounts.Today()))
	}
	answer(w, http.StatusOK, out)
}

func orNone(g []right.Grant) []right.Grant {
	if g == nil {
		return []right.Grant{}
	}
	return g
}

func (s *SignIn) deleteSession(w http.ResponseWriter, r *http.Request) {
	if err := s.stop(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *SignIn) putPassword(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Old string `json:"old"`
		New string `json:"new"`
	}
	err := read(w, r, &in)
	if err == nil {
		err = s.change(r, in.Old, in.New)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	s.answerSession(w, r)
}

// usualToken is for how many days a token counts where nobody says how long.
const usualToken = 90

func (s *SignIn) postToken(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Label string        `json:"label"`
		Scope right.Scope   `json:"scope"`
		Until calendar.Date `json:"until"`
	}
	err := read(w, r, &in)
	c, ok := right.Of(r.Context())
	if err == nil && !ok {
		err = errNobody
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	text, t, err := s.IssueToken(r.Context(), account.Login(c.Account), in.Label, in.Scope, in.Until)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	answer(w, http.StatusCreated, struct {
		ID    uuid.UUID     `json:"id"`
		Token string        `json:"token"` // shown this once
		Until calendar.Date `json:"until"`
	}{t.ID, text, t.Until})
}

func (s *SignIn) deleteToken(w http.ResponseWriter, r *http.Request) {
	c, ok := right.Of(r.Context())
	id, err := uuid.Parse(r.PathValue("id"))
	switch {
	case !ok:
		err = errNobody
	case err != nil:
		err = errMalformed
	default:
		err = s.Accounts.RevokeToken(r.Context(), account.Login(c.Account), id)
	}
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

// said returns what people are told about an error, in the language that they ask for; nothing about a fault of ours.
func (s *SignIn) said(w http.ResponseWriter, r *http.Request, err error) (*domain.Error, string) {
	var many *TooMany
	if errors.As(err, &many) {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(many.Wait.Seconds()))))
	}
	var e *domain.Error
	if !errors.As(err, &e) || e.Kind == domain.Internal {
		s.Log.Error("sign-in", "error", err)
		e = &domain.Error{Kind: domain.Internal, Code: "internal", Msg: "lỗi của chương trình; hãy báo quản trị viên", En: "a fault of the program; tell an administrator"}
	}
	if domain.InEnglish(r.Header.Get("Accept-Language")) && e.En != "" {
		return e, e.En
	}
	return e, e.Msg
}

// fail answers with a problem (RFC 9457).
func (s *SignIn) fail(w http.ResponseWriter, r *http.Request, err error) {
	e, detail := s.said(w, r, err)
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(e.Kind.Status())
	_ = json.NewEncoder(w).Encode(struct {
		Type   string `json:"type"`
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
		Code   string `json:"code"`
		Field  string `json:"field,omitempty"`
	}{"about:blank", domain.StatusTitle(e.Kind.Status()).In(domain.InEnglish(r.Header.Get("Accept-Language"))), e.Kind.Status(), detail, e.Code, e.Field})
}

var administrator = right.Grant{Role: right.Administrator}
