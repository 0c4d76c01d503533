package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/signin"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/right"
	"hoso/projections/access"
)

// A revocation that was acknowledged before a command began is honoured, with real commands on a real log; what was
// acknowledged before it stands, with the role and the unit that its account had then.
func TestRevocationAgainstCommands(t *testing.T) {
	e := &env{out: io.Discard, err: os.Stderr, clock: clock}
	a, err := e.openNew(t.Context(), alone(filepath.Join(t.TempDir(), "data")))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	console := access.Console(t.Context())
	const mai = account.Login("mai")
	text, token := signin.NewToken(mai, "thử", right.Scope{}, a.accounts.Today())
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	check(a.accounts.Open(console, account.Open{Login: mai, Name: domain.Hide("Nông Thị Mai")}))
	check(a.accounts.IssueToken(console, mai, token))
	address, stop, err := a.serveFor(context.WithoutCancel(t.Context()), e, listenFlags{Listen: "127.0.0.1:0"})
	check(err)
	defer stop()

	register := func() (status int, at string) {
		name := uuid.NewString()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, fmt.Sprintf("%s/api/v1/cases/person/%s/register", address, name),
			strings.NewReader(`{"occurred":"2024-04-22","data":{"name":"Nông Thị Lan","commune":"06550"}}`))
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", uuid.NewString())
		r.Header.Set("Authorization", "Bearer "+text)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Error(err)
			return 0, ""
		}
		defer answer.Body.Close()
		b, _ := io.ReadAll(answer.Body)
		return answer.StatusCode, string(b)
	}
	acknowledged := 0
	for range 5 {
		grant, err := a.accounts.Grant(console, mai, right.Grant{Role: right.Caseworker, Unit: "188"})
		check(err)
		var revoked atomic.Bool
		var done atomic.Int64
		var all sync.WaitGroup
		begun := make(chan struct{}, 1)
		for range 8 {
			all.Go(func() {
				for {
					late := revoked.Load() // before the command begins
					status, body := register()
					switch {
					case status == http.StatusOK || status == http.StatusCreated:
						done.Add(1)
						select {
						case begun <- struct{}{}:
						default:
						}
						if late {
							t.Error("a command that began after the revocation was acknowledged was done")
						}
					case status != http.StatusForbidden:
						t.Errorf("%d %s", status, body)
						late = true
					}
					if late {
						return
					}
				}
			})
		}
		<-begun
		check(a.accounts.Revoke(console, mai, grant))
		revoked.Store(true)
		all.Wait()
		acknowledged += int(done.Load())
	}
	found := 0
	for r, err := range a.log.Follow(t.Context(), 0) {
		check(err)
		if r.Type == "person.registered" {
			if want := (domain.Actor{ID: "mai", Role: "caseworker", Unit: "188"}); r.Meta.Actor != want {
				t.Errorf("the actor is %+v", r.Meta.Actor)
			}
			found++
		}
		if head, err := a.log.Head(t.Context()); err != nil || r.Position >= head {
			break
		}
	}
	if found != acknowledged || found == 0 {
		t.Errorf("%d commands were acknowledged, the log has %d", acknowledged, found)
	}
}
