package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"hoso/adapters/signin"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/projections"
	"hoso/projections/access"
)

// signInFlags say how people sign in.
type signInFlags struct {
	Address  string `help:"Địa chỉ mà trình duyệt dùng, ví dụ https://hoso.langson.example; cần cho đăng nhập qua máy chủ của cơ quan và khi TLS kết thúc ở máy đứng trước." env:"HOSO_ADDRESS" placeholder:"URL"`
	Issuer   string `name:"oidc-issuer" help:"Máy chủ đăng nhập của cơ quan (OpenID Connect)." env:"HOSO_OIDC_ISSUER" placeholder:"URL"`
	Client   string `name:"oidc-client" help:"Tên chương trình này ở máy chủ đó." env:"HOSO_OIDC_CLIENT" placeholder:"ID"`
	Secret   string `name:"oidc-secret" help:"Tệp chứa mật khẩu của chương trình này ở máy chủ đó." env:"HOSO_OIDC_SECRET" type:"path" placeholder:"FILE"`
	Provider string `name:"oidc-name" help:"Tên máy chủ đó trên trang đăng nhập." env:"HOSO_OIDC_NAME" default:"tài khoản cơ quan" placeholder:"NAME"`
}

// openSignIn opens what finds out who asks.
func (a *app) openSignIn(ctx context.Context, e *env, at listenFlags) (*signin.SignIn, error) {
	provider, err := a.provider(at.signInFlags)
	if err != nil {
		return nil, err
	}
	s, err := signin.Open(ctx, signin.Options{
		Accounts: a.accounts, Dir: filepath.Join(a.dir, "signin"), Secure: at.TLSCert != "" || strings.HasPrefix(at.Address, "https://"),
		Clock: a.clock, Log: e.logger(), Provider: provider, Directory: a.directory,
	})
	if err != nil {
		return nil, unusable(err)
	}
	a.closers = append(a.closers, func() { _ = s.Close() })
	return s, nil
}

// directory looks at all accounts.
func (a *app) directory() (signin.Directory, error) {
	from, err := a.reading()
	return signin.Directory{Reader: from.access, AsOf: func(ctx context.Context, text string) (domain.Ordinal, error) {
		return projections.AsOf(ctx, from.views, text)
	}}, err
}

// provider returns the office's own provider of identities, where one is named.
func (a *app) provider(f signInFlags) (*signin.Provider, error) {
	if f.Issuer == "" {
		return nil, nil
	}
	if f.Client == "" || f.Address == "" {
		return nil, wrongFlag("oidc-issuer", "cần thêm --oidc-client và --address")
	}
	p := &signin.Provider{Name: f.Provider, Issuer: f.Issuer, ClientID: f.Client, Address: strings.TrimSuffix(f.Address, "/"), Pseudonym: a.names.Pseudonym,
		Linked: a.linked}
	if f.Secret != "" {
		secret, err := os.ReadFile(f.Secret)
		if err != nil {
			return nil, wrongFlag("oidc-secret", "không đọc được tệp")
		}
		p.ClientSecret = strings.TrimSpace(string(secret))
	}
	return p, nil
}

// signIn serves signing in, and lets everything else know who asks. What knows it already (a measurement) goes on so.
func (a *app) signIn(ctx context.Context, e *env, mux *http.ServeMux, at listenFlags) error {
	if a.known != nil {
		return nil
	}
	s, err := a.openSignIn(ctx, e, at)
	if err != nil {
		return err
	}
	handler := s.Handler()
	for _, p := range s.Paths() {
		mux.Handle(p, handler)
	}
	a.known, a.entrance = s.Known, s
	password, err := s.Bootstrap(ctx)
	if err == nil && password != "" {
		fmt.Fprintf(e.out, "Tài khoản quản trị đầu tiên: admin, mật khẩu dùng một lần: %s (phải đổi khi đăng nhập; không hiện lại)\n", password)
	}
	return err
}

// wireAccounts opens the accounts.
func (a *app) wireAccounts() {
	a.accounts = access.NewAccounts(a.handler, a.catalog.Codec(a.keys), a.clock)
}

// linked returns the account of an outside identity.
func (a *app) linked(ctx context.Context, i account.Identity) (account.Login, bool, error) {
	from, err := a.reading()
	if err != nil {
		return "", false, err
	}
	return from.access.Linked(ctx, i)
}
