// Package eventlogtest is the contract of [domain.EventLog] as a program. An adapter's whole test is one call:
//
//	func TestContract(t *testing.T) {
//		eventlogtest.Run(t, func(t *testing.T) eventlogtest.Store { return newStore(t.TempDir()) })
//	}
//
// The contract is a list of clauses. Each one names the single fault that it catches, works on streams of its own, and
// waits for signals, never for time to pass. mutants_test.go proves the list: for every clause there is a log with
// that fault, and the clause finds it.
//
// The last clauses run scripts: the same ones, named by seeds, on every log, and such as rapid makes and shrinks. A failure
// names seed and step. The suite reads no file, so it runs as a compiled binary where a cluster is.
//
// It is test support: beside what domain may import, it imports go-cmp and rapid. No program links it.
package eventlogtest

import (
	"context"
	"slices"
	"testing"
	"time"

	"hoso/domain"
)

// TB is what the suite needs of a test; *testing.T has it.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Context() context.Context
	Cleanup(func())
}

// Store is a place where a log's events are kept.
type Store interface {
	// Open opens the log. The returned function closes it, and Open then opens the same events again. The suite has
	// a store open at most once at a time, unless it is a Sharing, calls every function that it was given, and may call one twice.
	Open(t TB) (log domain.EventLog, shut func())
}

// patience is how long a clause waits for something that must happen. A log that keeps the contract never gets here.
const patience = 30 * time.Second

// Run checks a log against the contract. fresh returns a store without events; it is called once for all clauses
// that can share a log, and once for each clause that needs an empty or a reopened one.
func Run(t *testing.T, fresh func(t *testing.T) Store) {
	t.Run("shared", func(t *testing.T) {
		store := fresh(t)
		log, shut := store.Open(t)
		t.Cleanup(shut)
		for _, c := range clauses() {
			if c.own {
				continue
			}
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.check(&subject{TB: t, log: log, patience: patience})
			})
		}
	})
	t.Run("own", func(t *testing.T) {
		for _, c := range clauses() {
			if !c.own {
				continue
			}
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				c.check(open(t, fresh(t), patience))
			})
		}
	})
}

// clause is one sentence of the contract.
type clause struct {
	name  string
	fault string // what a log does that breaks this clause and none before it
	own   bool   // needs a log that nobody else uses: an empty one, or one to close and reopen
	check func(*subject)
}

// clauses returns the contract, theme by theme.
func clauses() []clause {
	return slices.Concat(reading, appending, conflicts, repeats, races, content, limits, malformed, cancelling, following, heads, reopening, sharing, models)
}
