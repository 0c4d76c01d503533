package worklist

import "hoso/domain"

// recentCases is how many open cases are remembered at least, once there were so many.
const recentCases = 8192

// recent remembers open cases that were written lately: they need not be read again for what follows soon. The older half is
// forgotten where the newer is full.
type recent struct{ newer, older map[domain.StreamID]*line }

func newRecent() *recent { return &recent{newer: map[domain.StreamID]*line{}} }

// line returns a case as its row is; nil where that has to be read.
func (r *recent) line(id domain.StreamID) *line {
	l, ok := r.newer[id]
	if !ok {
		l = r.older[id]
	}
	delete(r.newer, id)
	delete(r.older, id)
	return l
}

// keep remembers a case whose row was written.
func (r *recent) keep(l *line, now tally) {
	if len(r.newer) >= recentCases {
		r.newer, r.older = map[domain.StreamID]*line{}, r.newer
	}
	r.newer[l.stream] = &line{id: l.id, stream: l.stream, summary: l.summary, version: l.version, was: now, known: true,
		persons: l.summary.Brief().Persons}
}
