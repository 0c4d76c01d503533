package access

import (
	"context"
	"sync"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/calendar"
	"hoso/domain/right"
)

// Log is what accounts need of [domain.Handler].
type Log interface {
	Handle(context.Context, domain.Request) (domain.Outcome, error)
	Replay(context.Context, domain.StreamID, func(domain.Recorded) bool) (any, []domain.Replayed, error)
}

// Opener is what accounts need of [domain.Codec]: it makes private values readable.
type Opener interface {
	Open(context.Context, domain.Event) (domain.Event, error)
}

// Account is an account as it is now.
type Account struct {
	account.State
	Name string // readable
}

// Accounts knows the accounts as they are. Its methods may be called at once from many goroutines.
type Accounts struct {
	log    Log
	opener Opener
	clock  domain.Clock

	mu       sync.Mutex
	found    map[uuid.UUID]found
	changes  map[uuid.UUID]uint64 // how often this process changed an account
	readings map[uuid.UUID]*reading
}

type found struct {
	Account
	at time.Time // when the reading began
}

// NewAccounts returns the accounts of a log.
func NewAccounts(log Log, opener Opener, clock domain.Clock) *Accounts {
	return &Accounts{log: log, opener: opener, clock: clock, found: map[uuid.UUID]found{}, changes: map[uuid.UUID]uint64{}, readings: map[uuid.UUID]*reading{}}
}

const (
	// remembered is how long an account counts as it was read.
	remembered = time.Second
	// rememberedAccounts bounds the memory.
	rememberedAccounts = 10_000
	// longestReading is how long a look at the log may take.
	longestReading = 10 * time.Second
)

// ErrNone says that there is no such account.
var ErrNone = &domain.Error{Kind: domain.NotFound, Code: "account.missing", Msg: "không có tài khoản này", En: "there is no such account"}

// Find returns the account with a login name, open or closed.
func (a *Accounts) Find(ctx context.Context, login account.Login) (Account, error) {
	return a.ByID(ctx, account.ID(login).ID)
}

// ByID returns the account with an id, open or closed. Of many who ask at once one reads.
func (a *Accounts) ByID(ctx context.Context, id uuid.UUID) (Account, error) {
	a.mu.Lock()
	if f, ok := a.found[id]; ok && time.Since(f.at) < remembered {
		a.mu.Unlock()
		return f.Account, nil
	}
	// A reading that began before a change was acknowledged must not answer who asks after that.
	r := a.readings[id]
	if r == nil || r.before != a.changes[id] {
		r = &reading{before: a.changes[id], done: make(chan struct{})}
		a.readings[id] = r
		go a.run(context.WithoutCancel(ctx), id, r) // others wait for it, too
	}
	a.mu.Unlock()
	select {
	case <-r.done:
		return r.Account, r.err
	case <-ctx.Done():
		return Account{}, ctx.Err()
	}
}

// reading is a look at the log that is under way.
type reading struct {
	before uint64 // how often this process had changed the account when it began
	done   chan struct{}
	Account
	err error
}

func (a *Accounts) run(ctx context.Context, id uuid.UUID, r *reading) {
	ctx, cancel := context.WithTimeout(ctx, longestReading)
	defer cancel()
	began := time.Now()
	r.Account, r.err = a.read(ctx, id)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.readings[id] == r {
		delete(a.readings, id)
	}
	if r.err == nil && a.changes[id] == r.before {
		if len(a.found) >= rememberedAccounts {
			clear(a.found)
		}
		a.found[id] = found{r.Account, began}
	}
	close(r.done)
}

func (a *Accounts) read(ctx context.Context, id uuid.UUID) (Account, error) {
	state, events, err := a.log.Replay(ctx, domain.StreamID{Type: "account", ID: id}, func(domain.Recorded) bool { return true })
	if err != nil {
		return Account{}, err
	}
	if len(events) == 0 {
		return Account{}, ErrNone
	}
	one := Account{State: state.(account.State)}
	opened, err := a.opener.Open(ctx, account.Opened{Account: id, Login: one.Login, Name: one.State.Name})
	if err != nil && domain.CodeOf(err) != domain.ErrErased.Code {
		return Account{}, err
	}
	one.Name, _ = opened.(account.Opened).Name.Reveal()
	return one, nil
}

// Verifier returns what the account's password is checked against; empty where it has none.
func (a *Accounts) Verifier(ctx context.Context, one Account) (string, error) {
	if one.Password.IsZero() {
		return "", nil
	}
	e, err := a.opener.Open(ctx, account.PasswordSet{Password: one.Password, Verifier: one.Verifier})
	if err != nil {
		return "", err
	}
	v, _ := e.(account.PasswordSet).Verifier.Reveal()
	return v, nil
}

// Today returns today's date.
func (a *Accounts) Today() calendar.Date { return calendar.On(a.clock()) }

// Caller returns the account as somebody who asks for something; nobody where it is closed.
func (a *Accounts) Caller(one Account) (right.Caller, bool) {
	if one.Closed || one.Login == "" {
		return right.Caller{}, false
	}
	return right.Caller{Account: string(one.Login), Name: one.Name, Grants: right.InForce(one.Grants, a.Today())}, true
}

// give handles a command. Whatever becomes of it, the account is read anew by whoever asks after that.
func (a *Accounts) give(ctx context.Context, login account.Login, by domain.Actor, c domain.Command) error {
	id := account.ID(login)
	defer a.forget(id.ID)
	_, err := a.log.Handle(ctx, domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: a.Today(), Actor: by})
	return err
}

func (a *Accounts) forget(id uuid.UUID) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.changes[id]++
	delete(a.found, id)
}
