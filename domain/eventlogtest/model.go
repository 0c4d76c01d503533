package eventlogtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
)

var models = []clause{
	{"model/the same scripts on every log", "a fault that needs several steps", true, func(s *subject) {
		run := seeds
		if testing.Short() {
			run = run[:fewSeeds]
		}
		for _, seed := range run {
			newModel(s, s.TB, fmt.Sprintf("seed %d, ", seed)).run(scripted(seed))
		}
	}},
	{"model/any script", "a fault that needs several steps, which no script has", true, func(s *subject) {
		rapid.Check(checker(s.TB), func(t *rapid.T) { newModel(s, t, "").run(drawn(t)) })
	}},
}

// model is what a log has to hold after the steps taken so far. One log serves all scripts: each has cases of its own, and
// begins behind the last one's events.
type model struct {
	*subject
	home   *subject // owns the log, and reopens it
	now    *place
	start  domain.Cursor
	cases  [3]*history
	events []domain.Recorded // the events of all cases in their order; positions are 0 where no append has told
}

// history is what a case has to hold.
type history struct {
	id      domain.StreamID
	events  []int   // places in the model's events
	appends [][]int // the same, append by append
}

// place is a test that says where in a script it is.
type place struct {
	TB
	seed string
	n    int
	step step
}

func (p *place) where() string { return fmt.Sprintf("%sstep %d (%s): ", p.seed, p.n, p.step) }

func (p *place) Errorf(format string, args ...any) {
	p.Helper()
	p.TB.Errorf("%s"+format, append([]any{p.where()}, args...)...)
}

func (p *place) Fatalf(format string, args ...any) {
	p.Helper()
	p.TB.Fatalf("%s"+format, append([]any{p.where()}, args...)...)
}

func newModel(home *subject, t TB, seed string) *model {
	now := &place{TB: t, seed: seed}
	m := &model{subject: &subject{TB: now, log: home.log, patience: home.patience}, home: home, now: now}
	for i := range m.cases {
		m.cases[i] = &history{id: m.stream()}
	}
	m.start = m.head()
	return m
}

func (m *model) run(script []step) {
	for i, s := range script {
		m.now.n, m.now.step = i+1, s
		m.take(s, m.cases[s.on])
	}
	m.now.n, m.now.step = len(script)+1, step{do: follows}
	for _, c := range m.cases {
		m.reads(c, 0)
	}
	m.follows(m.start, 0, len(m.events))
}

func (m *model) take(s step, c *history) {
	switch s.do {
	case appends:
		m.appends(c, m.drafts(s))
	case appendsBack:
		if n := len(c.events); n > 0 {
			m.loses(c.id, m.tailAt(c, s.place%n), m.drafts(s)...)
		}
	case appendsOn:
		end := m.tail(c)
		m.loses(c.id, domain.Tail{Version: end.Version + uint64(s.count) + 1, Position: end.Position + 1<<30 + domain.Cursor(s.place)}, m.drafts(s)...)
	case repeated:
		if n := len(c.appends); n > 0 {
			tail, ds := m.earlier(c, s.place%n)
			m.again(c.id, tail, m.tailAt(c, int(tail.Version)+len(ds)), ds...)
		}
	case mixes:
		if n := len(c.appends); n > 0 {
			tail, ds := m.earlier(c, s.place%n)
			m.loses(c.id, tail, ds[0], drafts(1)[0])
		}
	case contends:
		m.contends(c, 2+s.count*3, s.place%2+1)
	case reads:
		m.reads(c, s.place%(len(c.events)+2))
	case follows:
		m.followsFrom(s)
	case asksHead:
		want := m.start
		if n := len(m.events); n > 0 {
			want = m.events[n-1].Position
		}
		m.same("head", m.head(), want)
	case reopens:
		m.home.reopen()
		m.log = m.home.log
	}
}

// drafts returns a step's events.
func (m *model) drafts(s step) []domain.Draft {
	ds := drafts(1 + s.count)
	if s.large {
		ds[s.place%len(ds)].Data = []byte(`"` + strings.Repeat("lớn ", 20_000) + `"`)
	}
	return ds
}

func (m *model) tail(c *history) domain.Tail { return m.tailAt(c, len(c.events)) }

// tailAt returns the tail that the first n events of a case make. Where no append has told the position of the last of
// them, it is read.
func (m *model) tailAt(c *history, n int) domain.Tail {
	if n == 0 {
		return domain.Tail{}
	}
	if m.events[c.events[n-1]].Position == 0 {
		m.reads(c, n-1)
	}
	return domain.Tail{Version: uint64(n), Position: m.events[c.events[n-1]].Position}
}

// earlier returns an append once more, and the tail after which it was made.
func (m *model) earlier(c *history, n int) (domain.Tail, []domain.Draft) {
	var ds []domain.Draft
	for _, i := range c.appends[n] {
		ds = append(ds, m.events[i].Draft)
	}
	return m.tailAt(c, int(m.events[c.appends[n][0]].Version)-1), ds
}

// appends appends after the right tail.
func (m *model) appends(c *history, ds []domain.Draft) {
	m.enter(c, ds, m.append(c.id, m.tail(c), ds...))
}

// enter notes what was appended.
func (m *model) enter(c *history, ds []domain.Draft, end domain.Tail) {
	m.Helper()
	first := len(m.events)
	for _, d := range ds {
		c.events = append(c.events, len(m.events))
		m.events = append(m.events, domain.Recorded{Stream: c.id, Version: uint64(len(c.events)), Draft: d})
	}
	places := c.events[len(c.events)-len(ds):]
	c.appends = append(c.appends, slices.Clone(places))
	m.events[len(m.events)-1].Position = end.Position
	if end.Version != uint64(len(c.events)) {
		m.Fatalf("answered %+v, want version %d", end, len(c.events))
	}
	if first > 0 && end.Position <= m.events[first-1].Position {
		m.Fatalf("answered %+v after an append at %d", end, m.events[first-1].Position)
	}
}

// contends lets several append at once after the right tail.
func (m *model) contends(c *history, contenders, events int) {
	tail := m.tail(c)
	all, ends, errs := make([][]domain.Draft, contenders), make([]domain.Tail, contenders), make([]error, contenders)
	for i := range all {
		all[i] = drafts(events)
	}
	m.atOnce(contenders, func(i int) { ends[i], errs[i] = m.log.Append(m.ctx(), c.id, tail, all[i]...) })
	winner := -1
	for i, err := range errs {
		switch {
		case err == nil && winner >= 0:
			m.Fatalf("two winners after %+v: %+v and %+v", tail, ends[winner], ends[i])
		case err == nil:
			winner = i
		case !errors.Is(err, domain.ErrConflict):
			m.Fatalf("a loser got %v, want a conflict", err)
		}
	}
	if winner < 0 {
		m.Fatalf("nobody won after %+v", tail)
	}
	m.enter(c, all[winner], ends[winner])
}

// reads reads a case after a version, and learns the positions that the appends did not tell.
func (m *model) reads(c *history, after int) {
	m.Helper()
	m.compare(m.read(c.id, uint64(after)), c.events[min(after, len(c.events)):])
}

// followsFrom follows from the start or the end of an earlier event on, for some events.
func (m *model) followsFrom(s step) {
	var known []int // events whose positions are known
	for i, e := range m.events {
		if e.Position > 0 {
			known = append(known, i)
		}
	}
	from, next := m.start, 0
	if n := s.place % (len(known) + 1); n > 0 {
		from, next = m.events[known[n-1]].Position, known[n-1]+1
	}
	m.follows(from, next, min(len(m.events), next+1+4*s.count))
}

// follows takes the log's events from next up to end.
func (m *model) follows(from domain.Cursor, next, end int) {
	m.Helper()
	places := make([]int, 0, end-next)
	for i := next; i < end; i++ {
		places = append(places, i)
	}
	f := m.follow(from)
	got := f.take(len(places))
	f.stop()
	m.compare(got, places)
}

// compare compares events with those that have to lie at these places of the log.
func (m *model) compare(got []domain.Recorded, places []int) {
	m.Helper()
	if len(got) != len(places) {
		m.Fatalf("%d events, want %d", len(got), len(places))
	}
	for i, at := range places {
		want := &m.events[at]
		if want.Position == 0 {
			want.Position = got[i].Position
		}
		if d := got[i]; d.ID != want.ID || d.Stream != want.Stream || d.Version != want.Version || d.Position != want.Position ||
			d.Type != want.Type || d.Schema != want.Schema || d.Meta != want.Meta || string(d.Data) != string(want.Data) {
			m.Fatalf("event %d is %s, version %d at %d of %s, want %s, version %d at %d of %s", i+1, d.ID, d.Version, d.Position, d.Stream,
				want.ID, want.Version, want.Position, want.Stream)
		}
	}
}
