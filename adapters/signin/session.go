package signin

import (
	"context"
	"crypto/rand"
	"net/http"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/right"
	"hoso/projections/access"
)

// session is what a session holds.
type session struct {
	id       string
	account  uuid.UUID
	epoch    int
	via      right.Via
	deadline time.Time
}

func (n session) known() bool { return n.account != uuid.Nil }

func (s *SignIn) session(ctx context.Context) session {
	return session{s.sessions.GetString(ctx, "id"), sessionID(s.sessions.GetString(ctx, "account")), s.sessions.GetInt(ctx, "epoch"),
		right.Via(s.sessions.GetString(ctx, "via")), s.sessions.Deadline(ctx)}
}

// begin begins a session for an account in place of the one that the request came with: under a new id, with a new end.
func (s *SignIn) begin(ctx context.Context, one access.Account, via right.Via) error {
	if err := s.stop(ctx); err != nil {
		return err
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, "id", rand.Text())
	s.sessions.Put(ctx, "account", account.ID(one.Login).ID.String())
	s.sessions.Put(ctx, "epoch", one.Epoch)
	s.sessions.Put(ctx, "via", string(via))
	return nil
}

// stop ends the session of a request.
func (s *SignIn) stop(ctx context.Context) error {
	s.end(s.session(ctx).id)
	return s.sessions.Destroy(ctx)
}

var (
	// errWrong says the same of a name that does not exist, a wrong password and a closed account.
	errWrong = &domain.Error{Kind: domain.Unauthenticated, Code: "signin.wrong",
		Msg: "tên đăng nhập hoặc mật khẩu không đúng", En: "the login name or the password is wrong"}
	errNobody = &domain.Error{Kind: domain.Unauthenticated, Code: "right.nobody",
		Msg: "cần đăng nhập, hoặc gửi kèm mã truy cập còn hiệu lực", En: "log in, or send a token that is in force"}
)

// logIn checks a password and begins a session. Whatever is wrong, it takes as long and says the same.
func (s *SignIn) logIn(w http.ResponseWriter, r *http.Request, name, password string) (access.Account, error) {
	ctx := r.Context()
	login, err := account.ParseLogin(name)
	if err == nil {
		name = string(login)
	}
	one, err := s.check(r, name, password)
	if err != nil {
		s.Log.Warn("log-in refused", "code", domain.CodeOf(err), "address", clientOf(r.RemoteAddr))
		return one, err
	}
	if err := s.remember(w, r, one.Login); err != nil {
		return one, err
	}
	return one, s.begin(ctx, one, right.ViaPassword)
}

// check checks a password, unless too many were wrong before.
func (s *SignIn) check(r *http.Request, name, password string) (access.Account, error) {
	ctx, from := r.Context(), clientOf(r.RemoteAddr)
	by := []limited{byPair(name, from), byAddress(from), byAccount(name)}
	device, known, err := s.device(r, account.Login(name))
	if err != nil {
		return access.Account{}, err
	}
	if known {
		by = []limited{device}
	}
	if err := s.file.begin(ctx, by...); err != nil {
		return access.Account{}, err
	}
	one, err := s.Accounts.Find(ctx, account.Login(name))
	if err != nil && domain.CodeOf(err) != access.ErrNone.Code {
		return one, err
	}
	verifier := ""
	if err == nil && !one.Closed {
		if verifier, err = s.Accounts.Verifier(ctx, one); err != nil && domain.CodeOf(err) != domain.ErrErased.Code {
			return one, err // erased: it was changed a moment ago, and is wrong
		}
	}
	ok, err := s.hasher.check(ctx, verifier, password)
	if err != nil {
		return one, err
	}
	if !ok {
		return access.Account{}, errWrong
	}
	return one, s.file.succeed(ctx, by...)
}

// change changes the password of whose session it is. Other sessions end; this one goes on, under a new id.
func (s *SignIn) change(r *http.Request, old, next string) error {
	ctx := r.Context()
	now := s.session(ctx)
	one, err := s.Accounts.ByID(ctx, now.account)
	if err != nil || !now.known() || one.Closed || one.Epoch != now.epoch {
		return errNobody
	}
	checked, err := s.check(r, string(one.Login), old)
	if err != nil {
		return err
	}
	if err := fit(next, one.Login); err != nil {
		return err
	}
	if old == next {
		return errSame
	}
	if err := s.Accounts.ChangePassword(ctx, checked, s.hasher.make(next)); err != nil {
		return err
	}
	if one, err = s.Accounts.Find(ctx, one.Login); err != nil {
		return err
	}
	return s.begin(ctx, one, now.via)
}
