package sqliteaccess_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/sqliteaccess"
	"hoso/domain"
	"hoso/projections/desk"
)

var (
	key  = domain.Key{1, 2, 3}
	hoa  = domain.PersonID{UUID: uuid.MustParse("11111111-0000-8000-8000-000000000001")}
	binh = domain.PersonID{UUID: uuid.MustParse("11111111-0000-8000-8000-000000000002")}
	file = domain.StreamID{Type: "merit", ID: uuid.MustParse("6ad5c0a3-0d5c-4f4e-9c0f-0a4d1c2b3e4f")}
	then = time.Date(2024, 5, 2, 1, 30, 0, 0, time.UTC)
)

// minutes returns a clock that goes on by a minute each time.
func minutes() domain.Clock {
	var mu sync.Mutex
	now := then.Add(-time.Minute)
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Minute)
		return now
	}
}

func open(t *testing.T, dir string) *sqliteaccess.Log {
	t.Helper()
	l, err := sqliteaccess.Open(t.Context(), dir, key, minutes())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func record(t *testing.T, l *sqliteaccess.Log, readings ...desk.Reading) {
	t.Helper()
	if err := l.Record(t.Context(), readings...); err != nil {
		t.Fatal(err)
	}
}

func reading(account string, who domain.PersonID) desk.Reading {
	return desk.Reading{Account: account, Role: "caseworker", Unit: "20", Via: "password", From: "10.0.0.7", Person: who, Case: file, Purpose: desk.ForHandling}
}

func numbers(p desk.AccessPage) (all []uint64) {
	for _, r := range p.Readings {
		all = append(all, r.Number)
	}
	return all
}

func TestWhatWasRecordedIsFound(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := open(t, dir)
	looked := desk.Reading{Account: "minh", From: "::1", Person: binh, Purpose: desk.ForAudit}
	record(t, l, reading("lan", hoa))         // 1, 8:30
	record(t, l, looked, reading("lan", hoa)) // 2 and 3, 8:31
	record(t, l)                              // nothing
	record(t, l, reading("lan", binh))        // 4, 8:32
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l = open(t, dir)
	later := file
	later.ID = uuid.New()
	for name, s := range map[string]struct {
		desk.AccessSearch
		want []uint64
	}{
		"everything":          {desk.AccessSearch{}, []uint64{4, 3, 2, 1}},
		"a person":            {desk.AccessSearch{Person: binh}, []uint64{4, 2}},
		"an account":          {desk.AccessSearch{Account: "lan"}, []uint64{4, 3, 1}},
		"a case":              {desk.AccessSearch{Case: file}, []uint64{4, 3, 1}},
		"another case":        {desk.AccessSearch{Case: later}, nil},
		"another type":        {desk.AccessSearch{Case: domain.StreamID{Type: "rehab", ID: file.ID}}, nil},
		"an address":          {desk.AccessSearch{From: "::1"}, []uint64{2}},
		"since":               {desk.AccessSearch{Since: then.Add(time.Minute)}, []uint64{4, 3, 2}},
		"a nanosecond later":  {desk.AccessSearch{Since: then.Add(time.Minute + 1)}, []uint64{4}},
		"until":               {desk.AccessSearch{Until: then.Add(time.Minute)}, []uint64{1}},
		"all together":        {desk.AccessSearch{Person: hoa, Account: "lan", Since: then.Add(1)}, []uint64{3}},
		"before":              {desk.AccessSearch{Before: 3}, []uint64{2, 1}},
		"before all":          {desk.AccessSearch{Before: 1}, nil},
		"far beyond":          {desk.AccessSearch{Before: 1<<64 - 1}, []uint64{4, 3, 2, 1}},
		"SQL in the account":  {desk.AccessSearch{Account: "lan' OR '1'='1"}, nil},
		"SQL in the address":  {desk.AccessSearch{From: "x'; DROP TABLE readings; --"}, nil},
		"SQL in the type":     {desk.AccessSearch{Case: domain.StreamID{Type: "merit' OR 1=1 --", ID: file.ID}}, nil},
		"a pattern":           {desk.AccessSearch{Account: "%"}, nil},
		"a wrong page length": {desk.AccessSearch{Limit: -5}, []uint64{4, 3, 2, 1}},
	} {
		p, err := l.Find(t.Context(), s.AccessSearch)
		if err != nil || !slices.Equal(numbers(p), s.want) || p.Next != 0 {
			t.Errorf("%s: %v, next %d, %v; want %v", name, numbers(p), p.Next, err, s.want)
		}
	}
	p, err := l.Find(t.Context(), desk.AccessSearch{Account: "minh"})
	looked.Number, looked.At = 2, then.Add(time.Minute)
	if err != nil || len(p.Readings) != 1 || p.Readings[0] != looked {
		t.Errorf("%+v, %v; want %+v", p.Readings, err, looked)
	}
}

func TestPagesFollowOneAnother(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	for range 7 {
		record(t, l, reading("lan", hoa))
	}
	s, all, pages := desk.AccessSearch{Limit: 3}, []uint64(nil), 0
	for {
		p, err := l.Find(t.Context(), s)
		if err != nil || len(p.Readings) > 3 {
			t.Fatal(p, err)
		}
		all, pages = append(all, numbers(p)...), pages+1
		record(t, l, reading("minh", hoa)) // what comes in between moves nothing
		if s.Before = p.Next; p.Next == 0 {
			break
		}
	}
	if !slices.Equal(all, []uint64{7, 6, 5, 4, 3, 2, 1}) || pages != 3 {
		t.Errorf("%v on %d pages", all, pages)
	}
}

func TestWhatSaysTooLittleIsNotRecorded(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	for name, change := range map[string]func(*desk.Reading){
		"nobody reads":         func(r *desk.Reading) { r.Account = "" },
		"nothing is read":      func(r *desk.Reading) { r.Person, r.Case = domain.PersonID{}, domain.StreamID{} },
		"for nothing":          func(r *desk.Reading) { r.Purpose = "" },
		"a purpose of its own": func(r *desk.Reading) { r.Purpose = "curiosity" },
		"two lines":            func(r *desk.Reading) { r.From = "10.0.0.7\n10.0.0.8" },
		"a forged address":     func(r *desk.Reading) { r.From = "10.0.0.7 lan" },
		"a name":               func(r *desk.Reading) { r.Account = "Nông Thị Lan" },
		"a book":               func(r *desk.Reading) { r.Unit = strings.Repeat("2", 101) },
	} {
		r := reading("lan", hoa)
		change(&r)
		if err := l.Record(t.Context(), reading("lan", hoa), r); domain.CodeOf(err) != "access.malformed" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p, err := l.Find(t.Context(), desk.AccessSearch{}); err != nil || len(p.Readings) != 0 {
		t.Errorf("%v was recorded, %v", numbers(p), err)
	}
	paper := reading("lan", domain.PersonID{}) // a document of a case about nobody
	record(t, l, paper)
	p, err := l.Find(t.Context(), desk.AccessSearch{Case: paper.Case})
	if err != nil || len(p.Readings) != 1 || !p.Readings[0].Person.IsZero() {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := l.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestManyReadAtOnce(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for range 10 {
				if err := l.Record(t.Context(), reading(fmt.Sprintf("canbo-%d", i), hoa), reading(fmt.Sprintf("canbo-%d", i), binh)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	end, err := l.Verify(t.Context())
	if err != nil || end.Number != 160 {
		t.Errorf("%d readings, %v", end.Number, err)
	}
}

func TestADamagedFileIsKept(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func([]byte) []byte{
		"no database": func([]byte) []byte { return []byte(strings.Repeat("no database ", 1000)) },
		"cut off":     func(b []byte) []byte { return b[:len(b)/2+100] },
		"a broken page": func(b []byte) []byte {
			copy(b[len(b)-4096:], strings.Repeat("\xff", 200))
			return b
		},
	} {
		dir := t.TempDir()
		l := open(t, dir)
		for range 50 {
			record(t, l, reading("lan", hoa))
		}
		_ = l.Close()
		path := filepath.Join(dir, "readings.db")
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		b = damage(b)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := sqliteaccess.Open(t.Context(), dir, key, minutes()); domain.CodeOf(err) != "access.damaged" {
			t.Errorf("%s: %v", name, err)
		}
		if after, err := os.ReadFile(path); err != nil || !slices.Equal(after, b) {
			t.Errorf("%s: the file was touched (%v)", name, err)
		}
	}
}

func TestWhatCannotBeRecordedSaysSo(t *testing.T) {
	t.Parallel()
	l := open(t, t.TempDir())
	_ = l.Close()
	err := l.Record(t.Context(), reading("lan", hoa))
	if domain.CodeOf(err) != "access.unavailable" || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("record: %v", err)
	}
	if _, err := l.Find(t.Context(), desk.AccessSearch{}); domain.CodeOf(err) != "access.unavailable" {
		t.Errorf("find: %v", err)
	}
	var e *domain.Error
	if !errors.As(err, &e) || e.En == "" {
		t.Errorf("%v has no English sentence", err)
	}
}
