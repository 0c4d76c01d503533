package transfer

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"

	"hoso/domain"
)

// Sum stands for all that a log holds. Two logs with the same digest hold the same events in the same order, whatever
// they are kept in.
//
// The digest of an event is the SHA-256 of its record ([domain.Recorded.AppendRecord]).
//
// The digest of a log is the SHA-256 of the digests of its events, one after the other, in hexadecimal. The digest of a
// case begins with 32 zero bytes, and each event makes it the SHA-256 of itself and the event's digest.
type Sum struct {
	Events uint64
	Cases  uint64
	Digest string
}

// Digest reads a log from its beginning to its end at the moment of the call.
func Digest(ctx context.Context, log domain.EventLog) (Sum, error) {
	t, err := open(ctx, log)
	if err != nil {
		return Sum{}, err
	}
	defer t.close()
	b := newBook(make(cases))
	for {
		e, ok, err := t.peek()
		if err != nil {
			return Sum{}, err
		}
		if !ok {
			return b.sum(uint64(len(b.cases))), nil
		}
		t.take()
		b.add(e)
	}
}

type digest [sha256.Size]byte

// digestOf returns the digest of an event. Its position is not part of it.
func digestOf(e domain.Recorded) digest { return sha256.Sum256(e.AppendRecord(nil)) }

// cases has an entry for each case of the source or the target.
type cases map[domain.StreamID]*entry

type entry struct {
	first uint64    // ordinal of its first event, in the log in which it was met first
	side  [2]digest // in the source and in the target; zero where it has no events
}

// book adds up the events of one log.
type book struct {
	cases  cases
	side   int
	events uint64
	order  hash.Hash
}

func newBook(c cases) *book { return &book{cases: c, order: sha256.New()} }

// opposite returns the book of the other log, which writes beside the entries of this one.
func (b *book) opposite() *book { return &book{cases: b.cases, side: 1, order: sha256.New()} }

func (b *book) add(e domain.Recorded) {
	b.events++
	d := digestOf(e)
	_, _ = b.order.Write(d[:])
	c := b.cases[e.Stream]
	if c == nil {
		c = &entry{first: b.events}
		b.cases[e.Stream] = c
	}
	c.side[b.side] = sha256.Sum256(append(c.side[b.side][:], d[:]...))
}

func (b *book) sum(cases uint64) Sum {
	return Sum{b.events, cases, hex.EncodeToString(b.order.Sum(nil))}
}

// differing returns the case that differs between source and target and was met first, where there is one.
func (c cases) differing() (id domain.StreamID, ok bool) {
	first := uint64(0)
	for other, e := range c {
		if e.side[0] != e.side[1] && (!ok || e.first < first || e.first == first && other.String() < id.String()) {
			id, first, ok = other, e.first, true
		}
	}
	return id, ok
}

var notACopy = domain.Rule{Code: "copy.unverified", Say: domain.Text{
	Vi: "bản sao không khớp với nguồn: %s", En: "the copy does not agree with its source: %s"}}

// unverified says why a copy is not one; the arguments stand in both sentences.
func unverified(cause error, why domain.Text, args ...any) error {
	err := notACopy.Refuse(domain.Text{Vi: fmt.Sprintf(why.Vi, args...), En: fmt.Sprintf(why.En, args...)})
	err.Err = cause
	return err
}
