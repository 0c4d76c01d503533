// Package crowd makes views of any size, to measure how fast they answer.
//
//	size ─▶ Log (events made as they are read, the same on every machine) ─▶ projections.Runner ─▶ the views' own rows
//
// Nothing of it is true: the acts are drawn by weight for the indicators of a catalogue, over three years, the communes of
// before and after the merger of July 2025, and both employment laws. The rows are those that the views themselves write.
package crowd

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// The years in which the acts happen.
var First, Last = calendar.Date(20240101), calendar.Date(20261231)

var days = First.DaysUntil(Last) + 1

// Log is a log of made-up events. It is read and never written.
type Log struct {
	Events int
}

// Of returns a log of about so many contributions to the indicators of a catalogue, and the catalogue that reads its events.
func Of(c *domain.Catalog, contributions int) (Log, *domain.Catalog) {
	acts := actsOf(c)
	adds := 0
	for n := range acts.round {
		adds += len(strings.Fields(acts.round[n].indicators))
	}
	events := contributions * len(acts.round) / adds
	acts.stay = events/len(acts.round)/6 + 1 // half a year
	return Log{events}, catalog(c, acts)
}

// event makes the event of a number, from 1.
func (l Log) event(n int) domain.Recorded {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[8:], uint64(n))
	day, late := l.when(n)
	data, _ := json.Marshal(Done{n}) // a number
	return domain.Recorded{
		Stream: domain.StreamID{Type: "crowd", ID: id}, Version: 1, Position: domain.Cursor(n),
		Draft: domain.Draft{ID: id, Type: Done{}.EventType(), Schema: 1, Data: data, Meta: domain.Meta{
			Command: id, Occurred: day.AddDays(-late), Recorded: day.Time().Add(9 * time.Hour).UTC()}},
	}
}

// when tells when an event is recorded, and how many days after it happened: mostly some days, of one in fifty months.
func (l Log) when(n int) (recorded calendar.Date, late int) {
	r := chance(n, 1)
	recorded = First.AddDays((n - 1) * days / l.Events)
	if late = r.IntN(8); r.IntN(50) == 0 {
		late = 30 + r.IntN(90)
	}
	return recorded, late
}

func chance(n int, about uint64) *rand.Rand { return rand.New(rand.NewPCG(uint64(n), about)) }

// Append implements [domain.EventLog].
func (Log) Append(context.Context, domain.StreamID, domain.Tail, ...domain.Draft) (domain.Tail, error) {
	return domain.Tail{}, fmt.Errorf("a made-up log cannot be written")
}

// Read implements [domain.EventLog].
func (l Log) Read(_ context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		if n := int(binary.BigEndian.Uint64(id.ID[8:])); after == 0 && n >= 1 && n <= l.Events {
			yield(l.event(n), nil)
		}
	}
}

// Follow implements [domain.EventLog].
func (l Log) Follow(ctx context.Context, after domain.Cursor) iter.Seq2[domain.Recorded, error] {
	return func(yield func(domain.Recorded, error) bool) {
		for n := int(after) + 1; n <= l.Events; n++ {
			if ctx.Err() != nil || !yield(l.event(n), nil) {
				return
			}
		}
		<-ctx.Done()
		yield(domain.Recorded{}, ctx.Err())
	}
}

// Head implements [domain.EventLog].
func (l Log) Head(context.Context) (domain.Cursor, error) { return domain.Cursor(l.Events), nil }
