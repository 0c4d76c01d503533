package history_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/projections"
	"hoso/projections/history"
	"hoso/projections/internal/probe"
)

var (
	mine   = domain.StreamID{Type: "probe", ID: uuid.MustParse("5f0c7a52-7d0b-4c8e-9a55-2a0d5f3b9c11")}
	others = domain.StreamID{Type: "probe", ID: uuid.MustParse("9a1fdb52-1f6e-4a3a-8f43-3b7b7f6a2c22")}
	about  = domain.PersonID{UUID: uuid.MustParse("c3a7e0a4-52a6-4d0c-9f0e-0d4d4c6f1d33")}
)

type world struct {
	*history.Reader
	*projections.Runner
	log     domain.EventLog
	handler *domain.Handler
	file    *sqliteviews.File
	now     time.Time
}

func newWorld(t *testing.T) *world {
	w := &world{log: memlog.New(), now: time.Date(2024, 4, 1, 0, 0, 0, 0, time.UTC)}
	keys, catalog := domaintest.Keys(), probe.Catalog()
	w.handler = domain.NewHandler(catalog, w.log, keys, func() time.Time { return w.now })
	var err error
	if w.file, err = sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.file.Close() })
	if w.Runner, err = projections.New(t.Context(), w.log, catalog.Codec(keys), w.file); err != nil {
		t.Fatal(err)
	}
	w.Reader = history.NewReader(w.handler, w.file.DB())
	return w
}

// do handles a command a day after the last one.
func (w *world) do(t *testing.T, id domain.StreamID, on calendar.Date, c domain.Command) {
	t.Helper()
	w.now = w.now.AddDate(0, 0, 1)
	if _, err := w.handler.Handle(t.Context(), domain.Request{
		ID: uuid.New(), Case: id, Command: c, Occurred: on, Actor: domain.Actor{ID: "lan", Role: "caseworker", Unit: "ttdvvl"},
	}); err != nil {
		t.Fatal(err)
	}
}

func (w *world) catchUp(t *testing.T) {
	t.Helper()
	head, err := w.log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.CatchUp(t.Context(), head); err != nil {
		t.Fatal(err)
	}
}

func story(t *testing.T) *world {
	w := newWorld(t)
	w.do(t, mine, 20240401, probe.Note{Area: "20", Amount: 100, About: about, Remark: domain.Hide("Bà Nông Thị Lan")})
	w.do(t, others, 20240401, probe.Note{Area: "20", Amount: 1})
	w.do(t, mine, 20240410, probe.Note{Area: "20", Amount: 20})
	w.do(t, mine, 20240420, domain.Correct{Type: "probe", Version: 1, Data: json.RawMessage(`{"amount":90}`),
		Reason: domain.Hide("nhầm với bà Nông"), Requester: "lan", Approver: "minh"})
	return w
}

func TestACaseIsReplayedUpToAnyMoment(t *testing.T) {
	t.Parallel()
	w := story(t)
	w.catchUp(t)
	for name, c := range map[string]struct {
		at       history.At
		version  uint64
		state    string
		position domain.Ordinal // of the last event
	}{
		"now":               {history.At{}, 3, `{"acts":2,"amount":110,"since":"2024-04-10"}`, 4},
		"version 2":         {history.At{Version: 2}, 2, `{"acts":2,"amount":120,"since":"2024-04-10"}`, 3},
		"as known at 2":     {history.At{Position: 2}, 1, `{"acts":1,"amount":100,"since":"2024-04-01"}`, 1},
		"until the 10th":    {history.At{Occurred: 20240410}, 2, `{"acts":2,"amount":120,"since":"2024-04-10"}`, 3},
		"a version to come": {history.At{Version: 9}, 3, `{"acts":2,"amount":110,"since":"2024-04-10"}`, 4},
	} {
		h, err := w.Case(t.Context(), mine, c.at)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if h.Version != c.version || string(h.State) != c.state || h.Events[len(h.Events)-1].Position != c.position {
			t.Errorf("%s: %+v", name, h)
		}
	}
	if _, err := w.Case(t.Context(), mine, history.At{Occurred: 20240331}); domain.CodeOf(err) != "history.nothing_yet" {
		t.Errorf("before the beginning: %v", err)
	}
	nobody := domain.StreamID{Type: "probe", ID: uuid.New()}
	if _, err := w.Case(t.Context(), nobody, history.At{}); domain.CodeOf(err) != "case.not_found" {
		t.Errorf("a case that is not there: %v", err)
	}
}

func TestTheFormOfAHistoryAndItsPrivateValues(t *testing.T) {
	t.Parallel()
	w := story(t)
	w.catchUp(t)
	h, err := w.Case(t.Context(), mine, history.At{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const golden = "testdata/history.json"
	if domaintest.Update() {
		if err := os.WriteFile(golden, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != string(want) {
		t.Errorf("got %s", got)
	}
	if strings.Contains(string(got), "Nông") || strings.Contains(string(got), "sealed") {
		t.Error("a private value is shown")
	}
}

func TestAHistoryWaitsForTheViews(t *testing.T) {
	t.Parallel()
	w := story(t)
	if _, err := w.Case(t.Context(), mine, history.At{}); domain.CodeOf(err) != "views.catching_up" {
		t.Errorf("views that have seen nothing: %v", err)
	}
}
