package eventlogtest

import (
	"errors"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"hoso/domain"
)

var models = []clause{
	{"model/any history of appends, reads and reopenings", "a fault that needs several steps", true, func(s *subject) {
		m := model{subject: s, streams: map[domain.StreamID][]domain.Recorded{}}
		rapid.Check(checker(s.TB), m.run)
	}},
}

// model is what a log has to hold after the steps taken so far. One log serves all runs: each has streams of its own.
type model struct {
	*subject
	streams map[domain.StreamID][]domain.Recorded
	order   []uuid.UUID // the ids of all events
}

func (m *model) run(t *rapid.T) {
	fresh := []domain.StreamID{m.stream(), m.stream(), m.stream()}
	pick := rapid.SampledFrom(fresh)
	for range rapid.IntRange(1, 30).Draw(t, "steps") {
		switch step := rapid.IntRange(0, 29).Draw(t, "step"); {
		case step < 18:
			m.appends(t, pick.Draw(t, "stream"))
		case step < 29:
			m.reads(t, pick.Draw(t, "stream"))
		default:
			m.reopen()
		}
	}
	for _, id := range fresh {
		m.reads(t, id)
	}
	if n := len(m.order); n > 0 {
		f := m.follow(0)
		got := ids(f.take(n))
		f.stop()
		for i, id := range m.order {
			if got[i] != id {
				t.Fatalf("the log's event %d is %s, want %s", i+1, got[i], id)
			}
		}
	}
}

// appends appends after the right tail, an older one or none.
func (m *model) appends(t *rapid.T, id domain.StreamID) {
	have := m.streams[id]
	base := len(have)
	if rapid.IntRange(0, 3).Draw(t, "how") == 0 {
		base = rapid.IntRange(0, len(have)).Draw(t, "base")
	}
	ds := drafts(rapid.IntRange(1, 4).Draw(t, "events"))
	end, err := m.log.Append(m.ctx(), id, tailOf(have[:base]), ds...)
	if base < len(have) {
		if !errors.Is(err, domain.ErrConflict) {
			t.Fatalf("append after version %d of %d: %v, want a conflict", base, len(have), err)
		}
		return
	}
	if err != nil {
		t.Fatalf("append after version %d: %v", base, err)
	}
	for i, d := range ds {
		have = append(have, domain.Recorded{Stream: id, Version: uint64(base + i + 1), Draft: d})
		m.order = append(m.order, d.ID)
	}
	if end.Version != uint64(len(have)) {
		t.Fatalf("tail %+v after %d events", end, len(have))
	}
	have[len(have)-1].Position = end.Position
	m.streams[id] = have
}

// reads reads from anywhere in a stream, and learns the positions that the appends did not tell.
func (m *model) reads(t *rapid.T, id domain.StreamID) {
	have := m.streams[id]
	after := rapid.IntRange(0, len(have)+1).Draw(t, "after")
	got := m.read(id, uint64(after))
	want := have[min(after, len(have)):]
	if len(got) != len(want) {
		t.Fatalf("read %d events after version %d of %d", len(got), after, len(have))
	}
	for i := range want {
		if want[i].Position == 0 {
			want[i].Position = got[i].Position
		}
		if got[i].ID != want[i].ID || got[i].Version != want[i].Version || got[i].Position != want[i].Position || string(got[i].Data) != string(want[i].Data) {
			t.Fatalf("version %d is %+v, want %+v", after+i+1, got[i], want[i])
		}
	}
}

// checker gives rapid the test, or what stands for one.
func checker(t TB) rapid.TB {
	if real, ok := t.(rapid.TB); ok {
		return real
	}
	return stand{t}
}

// stand adds to a TB what rapid asks for beside.
type stand struct{ TB }

func (stand) Name() string         { return "model" }
func (stand) Logf(string, ...any)  {}
func (stand) Log(...any)           {}
func (stand) Skipf(string, ...any) {}
func (stand) Skip(...any)          {}
func (stand) SkipNow()             {}
func (stand) Failed() bool         { return false }
func (s stand) Error(a ...any)     { s.Errorf("%v", a) }
func (s stand) Fatal(a ...any)     { s.Fatalf("%v", a) }
func (s stand) Fail()              { s.Errorf("failed") }
func (s stand) FailNow()           { s.Fatalf("failed") }
