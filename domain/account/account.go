// Package account is the case type of the accounts (tài khoản): who may log in, with which rights, since when.
//
//	open ─▶ opened ─┬─ set_password ─▶ password_set      close ─▶ closed ─ reopen ─▶ reopened
//	                ├─ grant ─▶ granted ─ revoke ─▶ revoked
//	                ├─ issue_token ─▶ token_issued ─ revoke_token ─▶ token_revoked
//	                └─ link ─▶ linked ─ unlink ─▶ unlinked           (an identity of the office's own provider)
//
// One case is one account; its id follows from the login name, so that two of one name cannot exist. All events stand for
// ever: what somebody could do on a day is answered by what was granted and not revoked then (projections/access). Only the
// program gives the commands, for an administrator or for the account itself.
//
// The log is for ever, and a verifier of a password should not be. So each password has a key of its own, with which its
// verifier is sealed in the event, and which is destroyed with the next password: what stays for ever is that, when and
// by whom it was set. In return accounts are where the cases are: durable, replicated and copied with them. Of a token only a
// hash is kept, of 256 random bits that nobody can guess.
package account

import (
	"slices"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "account",
		Label: domain.Text{Vi: "Tài khoản", En: "Account"},
		Commands: []domain.CommandType{
			domain.OwnCommandOf[Open]("Mở tài khoản", "Open an account"),
			domain.OwnCommandOf[SetPassword]("Đặt mật khẩu", "Set a password"),
			domain.OwnCommandOf[Grant]("Cấp quyền", "Grant a right"),
			domain.OwnCommandOf[Revoke]("Thu hồi quyền", "Revoke a right"),
			domain.OwnCommandOf[IssueToken]("Cấp mã truy cập", "Issue a token"),
			domain.OwnCommandOf[RevokeToken]("Thu hồi mã truy cập", "Revoke a token"),
			domain.OwnCommandOf[Link]("Gắn danh tính ngoài", "Link an outside identity"),
			domain.OwnCommandOf[Unlink]("Gỡ danh tính ngoài", "Unlink an outside identity"),
			domain.OwnCommandOf[Close]("Khóa tài khoản", "Close the account"),
			domain.OwnCommandOf[Reopen]("Mở lại tài khoản", "Reopen the account"),
		},
		Events: []domain.EventType{
			domain.EventOf[Opened]("Đã mở tài khoản", "Opened"),
			domain.EventOf[PasswordSet]("Đã đặt mật khẩu", "Password set"),
			domain.EventOf[Granted]("Đã cấp quyền", "Granted"),
			domain.EventOf[Revoked]("Đã thu hồi quyền", "Revoked"),
			domain.EventOf[TokenIssued]("Đã cấp mã truy cập", "Token issued"),
			domain.EventOf[TokenRevoked]("Đã thu hồi mã truy cập", "Token revoked"),
			domain.EventOf[Linked]("Đã gắn danh tính ngoài", "Linked"),
			domain.EventOf[Unlinked]("Đã gỡ danh tính ngoài", "Unlinked"),
			domain.EventOf[Closed]("Đã khóa tài khoản", "Closed"),
			domain.EventOf[Reopened]("Đã mở lại tài khoản", "Reopened"),
		},
		Contribute: func(domain.Act) []domain.Contribution { return nil },
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// State is an account.
type State struct {
	Login  Login                  `json:"login"`
	Name   domain.Private[string] `json:"name,omitzero"`
	Closed bool                   `json:"closed,omitempty"`
	Since  calendar.Date          `json:"since"` // of the last act
	// Password is the one in force; the zero one where the account has none.
	Password Password               `json:"password,omitzero"`
	Verifier domain.Private[string] `json:"-"`
	Grants   []right.Grant          `json:"grants,omitempty"` // not revoked; some may not have begun, or have ended by their days
	Tokens   []Token                `json:"tokens,omitempty"` // not revoked; some may have expired
	Linked   []Identity             `json:"linked,omitempty"`
	// Epoch grows when sessions have to end: with a password, a closing, an unlinking.
	Epoch int `json:"epoch"`
	// Used are the ids of all grants and tokens that there ever were.
	Used []uuid.UUID `json:"-"`
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch c := r.Command.(type) {
	case Open:
		if ID(c.Login) != r.Case {
			return nil, otherName.Refuse()
		}
		return Opened{r.Case.ID, c.Login, c.Name}, nil
	case SetPassword:
		return PasswordSet(c), nil
	case Grant:
		if r.Actor.ID == string(s.Login) {
			return nil, toOneself.Refuse()
		}
		return Granted(c), nil
	case Revoke:
		return Revoked(c), nil
	case IssueToken:
		return TokenIssued(c), nil
	case RevokeToken:
		return TokenRevoked(c), nil
	case Link:
		return Linked(c), nil
	case Unlink:
		return Unlinked(c), nil
	case Close:
		return Closed{}, nil
	case Reopen:
		return Reopened{}, nil
	}
	return nil, unknownCommand.Refuse()
}

// evolve makes new slices where it changes one: states are shared.
func evolve(s State, act domain.Act) State {
	s.Since = act.Occurred
	switch e := act.Event.(type) {
	case Opened:
		s.Login, s.Name = e.Login, e.Name
	case PasswordSet:
		s.Password, s.Verifier = e.Password, e.Verifier
		s.Epoch++
	case Granted:
		s.Grants = append(slices.Clone(s.Grants), e.Grant)
		s.Used = append(slices.Clone(s.Used), used(e.Grant.ID))
	case Revoked:
		s.Grants = slices.DeleteFunc(slices.Clone(s.Grants), func(g right.Grant) bool { return g.ID == e.Grant })
	case TokenIssued:
		s.Tokens = append(slices.Clone(s.Tokens), e.Token)
		s.Used = append(slices.Clone(s.Used), e.Token.ID)
	case TokenRevoked:
		s.Tokens = slices.DeleteFunc(slices.Clone(s.Tokens), func(t Token) bool { return t.ID == e.Token })
	case Linked:
		s.Linked = append(slices.Clone(s.Linked), e.Identity)
	case Unlinked:
		s.Linked = slices.DeleteFunc(slices.Clone(s.Linked), func(i Identity) bool { return i == e.Identity })
		s.Epoch++
	case Closed:
		s.Closed = true
		s.Epoch++
	case Reopened:
		s.Closed = false
		s.Epoch++
	}
	return s
}

// used reads the id of a grant; one that is none is refused before it gets here.
func used(id string) uuid.UUID { u, _ := uuid.Parse(id); return u }

// Token finds a token that is not revoked.
func (s State) Token(id uuid.UUID) (Token, bool) {
	i := slices.IndexFunc(s.Tokens, func(t Token) bool { return t.ID == id })
	if i < 0 {
		return Token{}, false
	}
	return s.Tokens[i], true
}
