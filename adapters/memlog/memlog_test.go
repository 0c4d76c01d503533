package memlog_test

import (
	"testing"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/eventlogtest"
)

type store struct{ *memlog.Store }

func (s store) Open(eventlogtest.TB) (domain.EventLog, func()) {
	log := memlog.Open(s.Store)
	return log, log.Close
}

// Beside implements eventlogtest.Sharing.
func (s store) Beside(t eventlogtest.TB) (domain.EventLog, func()) { return s.Open(t) }

func TestContract(t *testing.T) {
	eventlogtest.Run(t, func(*testing.T) eventlogtest.Store { return store{memlog.NewStore()} })
}

func TestContractIdempotent(t *testing.T) {
	eventlogtest.Run(t, func(*testing.T) eventlogtest.Store { return store{memlog.NewIdempotentStore()} })
}
