package figures

import (
	"bytes"
	"errors"
	"slices"
	"sync"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/target"
)

// What was answered is remembered with its position, indicator by indicator: where no event since has added to an indicator or
// taken from it, the answer is still that one. So a page that everybody looks at costs what has happened since it was last
// looked at, and not the office's history. What is asked as of a past moment is read each time.

const (
	questionsKept = 64     // of months, units and ways of dividing
	eventsLooked  = 20_000 // to find what moved; behind that an answer is forgotten
)

// question is what an answer was given to, apart from its indicators.
type question struct {
	month    calendar.Month
	calendar calendar.Calendar
	area     area.Code
	tree     Tree
	by       string
}

// answers are what was read at a position of the log.
type answers struct {
	position domain.Ordinal
	event    []byte // the id of the event that lies there: another log has another one
	figures  map[string]Figure
	series   map[string][]Number
}

// remembered holds the latest answers to some questions.
type remembered struct {
	mu  sync.Mutex
	all map[question]*answers
}

// latest returns the latest answers to a question; nil where there are none.
func (m *remembered) latest(q question) *answers {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.all[q]
}

// keep remembers answers, and forgets others where there are too many. Answers are never changed once they are kept.
func (m *remembered) keep(q question, a *answers) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.all == nil {
		m.all = map[question]*answers{}
	}
	if old := m.all[q]; old == nil && len(m.all) >= questionsKept {
		for some := range m.all {
			delete(m.all, some)
			break
		}
	} else if old != nil && old.position > a.position {
		return
	}
	m.all[q] = a
}

// remember returns what of the latest answers still holds in this look, to be completed and kept.
func (l *look) remember(q Query) (question, *answers, error) {
	of := question{q.Month, l.calendar, q.Area, l.tree, q.By}
	now := &answers{position: l.position, figures: map[string]Figure{}, series: map[string][]Number{}}
	if !l.remembers() {
		return of, now, nil
	}
	var err error
	if now.event, err = l.eventAt(l.position); err != nil {
		return of, nil, err
	}
	old := l.memory.latest(of)
	if old == nil || old.position > l.position || l.position-old.position > eventsLooked {
		return of, now, nil
	}
	if lies, err := l.eventAt(old.position); err != nil || !bytes.Equal(lies, old.event) {
		return of, now, err
	}
	moved, linked, err := l.moved(l.ctx, l.tx, old.position, l.position)
	if err != nil || linked { // persons who were two are one
		return of, now, err
	}
	stays := func(id string) bool { return !l.moves(moved, id) && !l.moves(moved, target.Indicator(id)) }
	for id, f := range old.figures {
		if stays(id) {
			now.figures[id] = f
		}
	}
	for id, s := range old.series {
		if stays(id) {
			now.series[id] = s
		}
	}
	return of, now, nil
}

// remembers tells whether what this look reads is remembered: the present is, not what is only supposed.
func (l *look) remembers() bool { return l.Reader.tx == nil && !l.past && l.position > 0 }

// keep remembers what was read.
func (l *look) keep(of question, a *answers) {
	if l.remembers() {
		l.memory.keep(of, a)
	}
}

// missing returns the indicators of which nothing is remembered.
func missing[T any](indicators []domain.Indicator, known map[string]T) []domain.Indicator {
	return slices.DeleteFunc(slices.Clone(indicators), func(i domain.Indicator) bool { _, ok := known[i.ID]; return ok })
}

// given is a figure for somebody who may change it.
func given(f Figure) Figure {
	f.Breakdown, f.Areas = slices.Clone(f.Breakdown), slices.Clone(f.Areas)
	return f
}

// eventAt returns the id of the event at a position; nil where there is none.
func (l *look) eventAt(n domain.Ordinal) (id []byte, err error) {
	rows, err := l.query("SELECT id FROM events WHERE ordinal = ?", int64(n))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if rows.Next() {
		err = rows.Scan(&id)
	}
	return id, errors.Join(err, rows.Err())
}
