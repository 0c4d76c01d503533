package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"golang.org/x/oauth2"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/right"
)

// callbackPath is where the provider sends people back to; it has to be told to the provider with the address before it.
const callbackPath = "/dang-nhap/oidc/ve"

// Provider is the office's own provider of identities (OpenID Connect, authorization code with PKCE).
type Provider struct {
	Name         string // what people call it
	Issuer       string
	ClientID     string
	ClientSecret string
	Address      string // of this site, as browsers see it: https://hoso.example
	// Pseudonym makes a keyed hash of the provider's name for somebody: names of people do not get into the log.
	Pseudonym func(string) uuid.UUID
	// Linked returns the account with which an identity may log in.
	Linked func(context.Context, account.Identity) (account.Login, bool, error)

	mu       sync.Mutex
	found    *oidc.Provider
	verifier *oidc.IDTokenVerifier
}

// asking is how long the provider may take.
const asking = 10 * time.Second

var (
	errProviderAway = &domain.Error{Kind: domain.Unavailable, Code: "signin.provider_away",
		Msg: "máy chủ đăng nhập của cơ quan không trả lời; hãy thử lại sau, hoặc dùng mật khẩu", En: "the office's provider does not answer; try later, or use a password"}
	errProviderSaid = &domain.Error{Kind: domain.Unauthenticated, Code: "signin.provider_refused",
		Msg: "đăng nhập qua máy chủ của cơ quan không thành; hãy bắt đầu lại", En: "the log-in through the office's provider did not work; begin again"}
	errNotLinked = &domain.Error{Kind: domain.Forbidden, Code: "signin.not_linked",
		Msg: "danh tính này chưa gắn với tài khoản nào; hãy đề nghị quản trị viên gắn", En: "this identity is linked to no account; ask an administrator"}
)

// Identity returns an identity as accounts know it.
func (p *Provider) Identity(subject string) account.Identity {
	return account.Identity{Issuer: p.Issuer, Subject: p.Pseudonym(p.Issuer + "\x00" + subject)}
}

// discover asks the provider who it is, the first time that somebody comes: it may be away when the program starts.
func (p *Provider) discover(ctx context.Context) (*oauth2.Config, *oidc.IDTokenVerifier, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		// The provider remembers this context for fetching its keys later: it must not be a request's.
		found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), &http.Client{Timeout: asking}), p.Issuer)
		if err != nil {
			return nil, nil, err
		}
		p.found, p.verifier = found, found.Verifier(&oidc.Config{ClientID: p.ClientID})
	}
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: p.found.Endpoint(),
		RedirectURL: p.Address + callbackPath, Scopes: []string{oidc.ScopeOpenID}}, p.verifier, nil
}

// toProvider sends somebody to the provider. What has to come back is kept in the session of this browser.
func (s *SignIn) toProvider(w http.ResponseWriter, r *http.Request) {
	state, nonce, verifier := rand.Text(), rand.Text(), oauth2.GenerateVerifier()
	if err := s.flights.begin(state, clientOf(r.RemoteAddr)); err != nil {
		s.Log.Warn("log-in refused", "code", domain.CodeOf(err), "address", clientOf(r.RemoteAddr))
		s.show(w, r, Page{Form: LogInForm}, err)
		return
	}
	config, _, err := s.Provider.discover(r.Context())
	if err != nil {
		s.flights.end(state)
		s.Log.Error("the provider does not answer", "error", err)
		s.show(w, r, Page{Form: LogInForm}, errProviderAway)
		return
	}
	s.flights.end(s.sessions.PopString(r.Context(), "state")) // of this browser one counts, the last
	for k, v := range map[string]string{"state": state, "nonce": nonce, "verifier": verifier, "next": within(r.URL.Query().Get("next"))} {
		s.sessions.Put(r.Context(), k, v)
	}
	http.Redirect(w, r, config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
}

// fromProvider takes somebody whom the provider sends back.
func (s *SignIn) fromProvider(w http.ResponseWriter, r *http.Request) {
	next := s.sessions.PopString(r.Context(), "next")
	if err := s.arrive(r); err != nil {
		s.Log.Warn("log-in refused", "code", domain.CodeOf(err), "address", clientOf(r.RemoteAddr))
		s.show(w, r, Page{Form: LogInForm, Next: next}, err)
		return
	}
	http.Redirect(w, r, within(next), http.StatusSeeOther)
}

func (s *SignIn) arrive(r *http.Request) error {
	ctx := r.Context()
	// Each is used once, whatever comes of it.
	state, nonce, verifier := s.sessions.PopString(ctx, "state"), s.sessions.PopString(ctx, "nonce"), s.sessions.PopString(ctx, "verifier")
	s.flights.end(state)
	q := r.URL.Query()
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(q.Get("state"))) != 1 || q.Get("code") == "" {
		return errProviderSaid
	}
	config, tokens, err := s.Provider.discover(ctx)
	if err != nil {
		return errProviderAway
	}
	asked, cancel := context.WithTimeout(ctx, asking)
	defer cancel()
	subject, err := exchange(asked, config, tokens, q.Get("code"), verifier, nonce)
	if err != nil {
		s.Log.Warn("the provider's answer does not hold", "error", withoutBody(err))
		return errProviderSaid
	}
	return s.enter(ctx, s.Provider.Identity(subject))
}

// exchange turns the provider's code into who it is about.
func exchange(ctx context.Context, config *oauth2.Config, tokens *oidc.IDTokenVerifier, code, verifier, nonce string) (string, error) {
	got, err := config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return "", err
	}
	raw, _ := got.Extra("id_token").(string)
	token, err := tokens.Verify(ctx, raw)
	if err != nil {
		return "", err
	}
	if nonce == "" || subtle.ConstantTimeCompare([]byte(nonce), []byte(token.Nonce)) != 1 || token.Subject == "" {
		return "", errors.New("the token is not for this log-in")
	}
	return token.Subject, nil
}

// withoutBody takes out of an error what the provider wrote: it may name people.
func withoutBody(err error) error {
	var e *oauth2.RetrieveError
	if errors.As(err, &e) {
		return errors.New("code not taken: " + e.ErrorCode)
	}
	return err
}

// enter begins a session for the account of an identity. The account itself says whether it is linked: views may be behind.
func (s *SignIn) enter(ctx context.Context, i account.Identity) error {
	login, ok, err := s.Provider.Linked(ctx, i)
	if err != nil {
		return err
	}
	if !ok {
		return errNotLinked
	}
	one, err := s.Accounts.Find(ctx, login)
	if err != nil {
		return err
	}
	for _, linked := range one.Linked {
		if linked == i && !one.Closed {
			return s.begin(ctx, one, right.ViaProvider)
		}
	}
	return errNotLinked
}
