package figures_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/domaintest"
	"hoso/domain/person"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

// tb is what testing.T and rapid.T share.
type tb interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// world is a log, the service that writes it and a clock that stands still unless it is set.
type world struct {
	tb
	log     *memlog.Log
	catalog *domain.Catalog
	codec   *domain.Codec
	handler *domain.Handler
	now     time.Time
	n       byte
}

func newWorld(t tb) *world {
	w := &world{tb: t, log: memlog.New(), catalog: domain.NewCatalog(probe.Type(), person.Type()), now: time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)}
	keys := domaintest.Keys()
	w.codec = w.catalog.Codec(keys)
	w.handler = domain.NewHandler(w.catalog, w.log, keys, func() time.Time { return w.now })
	return w
}

func caseNumber(n int) domain.StreamID {
	return domain.StreamID{Type: "probe", ID: uuid.NewSHA1(uuid.Nil, []byte{byte(n)})}
}

func somebody(n int) domain.PersonID {
	return domain.PersonID{UUID: uuid.NewSHA1(uuid.Max, []byte{byte(n)})}
}

// do handles a command, and tells whether the case took it.
func (w *world) do(id domain.StreamID, on string, c domain.Command) error {
	w.Helper()
	w.n++
	day, err := calendar.ParseDate(on)
	if err != nil {
		w.Fatal(err)
	}
	w.now = w.now.Add(time.Second)
	_, err = w.handler.Handle(context.Background(), domain.Request{
		ID: uuid.NewSHA1(id.ID, []byte{w.n}), Case: id, Command: c, Occurred: day, Actor: domain.Actor{ID: "lan"},
	})
	return err
}

func (w *world) must(id domain.StreamID, on string, c domain.Command) {
	w.Helper()
	if err := w.do(id, on, c); err != nil {
		w.Fatal(err)
	}
}

func correct(version uint64, on calendar.Date, data string) domain.Correct {
	return domain.Correct{Type: "probe", Version: version, Occurred: on, Data: json.RawMessage(data),
		Reason: domain.Hide("nhập nhầm"), Requester: "lan", Approver: "minh"}
}

func void(version uint64) domain.Void {
	return domain.Void{Type: "probe", Version: version, Reason: domain.Hide("nhập nhầm"), Requester: "lan", Approver: "minh"}
}

// views opens a file in a directory and follows a log until its end.
func views(t tb, dir string, log domain.EventLog, w *world) *sqliteviews.File {
	t.Helper()
	return apply(t, dir, log, w, nil)
}

// apply is views with somebody who watches its progress.
func apply(t tb, dir string, log domain.EventLog, w *world, progress func(projections.Progress)) *sqliteviews.File {
	t.Helper()
	ctx := context.Background()
	view := figures.NewView(w.catalog)
	f, err := sqliteviews.Open(ctx, dir, projections.Generation(view))
	if err != nil {
		t.Fatal(err)
	}
	r, err := projections.New(ctx, log, w.codec, f, view)
	if err != nil {
		t.Fatal(err)
	}
	r.Progress = progress
	head, err := log.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.CatchUp(ctx, head); err != nil {
		t.Fatal(err)
	}
	return f
}

// dumped are all rows of a file. Numbers of names depend on how the batches fell, and so does whether a sum of nothing
// has a row; everything else follows from the log.
var dumped = []string{
	`SELECT e.ordinal, cursor, hex(e.id), t.name, hex(case_id), version, n.name, occurred, recorded, latest
		FROM events e JOIN names t ON t.id = case_type JOIN names n ON n.id = type ORDER BY 1`,
	`SELECT i.name, occurred, ordinal, place, a.name, b.name, quantity, hex(person) FROM figures_contributions
		JOIN names i ON i.id = indicator JOIN names a ON a.id = area JOIN names b ON b.id = breakdown ORDER BY 1, 2, 3, 4`,
	`SELECT i.name, half, coalesce(a.name, 'everywhere'), b.name, quantity FROM figures_sums
		JOIN names i ON i.id = indicator LEFT JOIN names a ON a.id = area JOIN names b ON b.id = breakdown
		WHERE quantity <> 0 ORDER BY 1, 2, 3, 4`,
	`SELECT number, hex(person) FROM figures_people ORDER BY 1`,
	`SELECT i.name, half, coalesce(a.name, 'everywhere'), length(people) FROM figures_persons
		JOIN names i ON i.id = indicator LEFT JOIN names a ON a.id = area WHERE length(people) > 0 ORDER BY 1, 2, 3`,
}

func dump(t tb, f *sqliteviews.File) string {
	t.Helper()
	var out strings.Builder
	for _, query := range dumped {
		rows, err := f.DB().Query(query)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		columns, _ := rows.Columns()
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&out, "%v ", *v.(*any))
			}
			out.WriteByte('\n')
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func ask(t tb, w *world, f *sqliteviews.File, q figures.Query) figures.Sheet {
	t.Helper()
	s, err := figures.NewReader(w.catalog, f.DB()).Figures(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func month(s string) calendar.Month {
	m, err := calendar.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

func scratch(t *testing.T) string { return filepath.Join(t.TempDir(), "views") }
