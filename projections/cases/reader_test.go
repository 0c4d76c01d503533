package cases_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/account"
	"hoso/domain/domaintest"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/cases"
	"hoso/projections/history"
)

// A reader that remembers answers as one does that never read before, whatever happened in between, now and as of any moment.
func TestWhatIsRememberedIsWhatIsThere(t *testing.T) {
	t.Parallel()
	log, keys, r := memlog.New(), domaintest.Keys(), rand.New(rand.NewPCG(1, 2))
	catalog := domain.NewCatalog(account.Type())
	codec := catalog.Codec(keys)
	clock := func() time.Time { return time.Date(2024, 4, 1, 2, 0, 0, 0, time.UTC) }
	handler := domain.NewHandler(catalog, log, keys, clock)
	view := cases.NewView(access.CaseType)
	file, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	runner, err := projections.New(t.Context(), log, codec, file, view)
	if err != nil {
		t.Fatal(err)
	}
	accounts, h := access.NewAccounts(handler, codec, clock), history.NewReader(handler, file.DB())
	remembers, ctx := cases.NewReader(h, file.DB()), access.Console(t.Context())
	for n := range 40 {
		login := account.Login(fmt.Sprintf("canbo%d", r.IntN(n/2+1)))
		if _, err := accounts.Find(ctx, login); err != nil {
			err = accounts.Open(ctx, account.Open{Login: login, Name: domain.Hide("Nông Thị Mai")})
			if err != nil {
				t.Fatal(err)
			}
		} else if _, err := accounts.Grant(ctx, login, right.Grant{Role: right.Auditor}); err != nil {
			t.Fatal(err)
		}
		head, err := log.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if err := runner.CatchUp(ctx, head); err != nil {
			t.Fatal(err)
		}
		for _, asOf := range []domain.Ordinal{0, domain.Ordinal(1 + r.IntN(int(runner.Position())))} {
			got, err := remembers.Histories(ctx, access.CaseType, asOf)
			if err != nil {
				t.Fatal(err)
			}
			want, err := cases.NewReader(h, file.DB()).Histories(ctx, access.CaseType, asOf)
			if err != nil || !reflect.DeepEqual(got, want) || len(want) == 0 {
				t.Fatalf("as of %d: %v, want %v, %v", asOf, got, want, err)
			}
		}
	}
}
