package esdblog_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
	"hoso/domain/eventlogtest"
)

// realServer names a store to test against instead of our own; everything is then written under prefixes of its own.
const realServer = "HOSO_TEST_EVENTSTORE"

func TestContract(t *testing.T) {
	eventlogtest.Run(t, fresh)
}

// database is a store of the suite: one database, or a part of a real one.
type database struct {
	url, prefix string
}

func fresh(t *testing.T) eventlogtest.Store {
	if url := os.Getenv(realServer); url != "" {
		return database{url, "t" + strings.ReplaceAll(uuid.NewString(), "-", "")[:12] + "."}
	}
	store := esdbtest.NewStore()
	store.Projections = true
	n, err := esdbtest.Start(store, esdbtest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	return database{n.URL(), ""}
}

func (d database) Open(t eventlogtest.TB) (domain.EventLog, func()) {
	t.Helper()
	l, err := esdblog.Open(t.Context(), esdblog.Options{URL: d.url, Prefix: d.prefix})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return l, l.Close
}
