package search

import (
	"bytes"
	"runtime"
	"slices"
	"strings"
	"sync"

	"hoso/domain"
	"hoso/domain/spelling"
)

// names are all names in memory, one after the other in the order in which they were recorded. A look reads all of them:
// a million take some 25 MB, and no index has to know beforehand how somebody will write a name.
type names struct {
	mu     sync.RWMutex
	folded column
	strict column
	who    []domain.PersonID
	said   []uint64 // version of the act that says it
	before []int32  // the entry before it of the same person; -1: none
	latest map[domain.PersonID]int32
}

// column is texts in one block of memory, each word with a space before it.
type column struct {
	text []byte
	ends []uint32
}

func (c *column) add(s string) {
	for w := range strings.FieldsSeq(s) {
		c.text = append(c.text, ' ')
		c.text = append(c.text, w...)
	}
	c.ends = append(c.ends, uint32(len(c.text)))
}

func (c *column) at(i int) []byte {
	from := uint32(0)
	if i > 0 {
		from = c.ends[i-1]
	}
	return c.text[from:c.ends[i]]
}

// wipe overwrites a text: nothing finds zeros.
func (c *column) wipe(i int) { clear(c.at(i)) }

func newNames() *names { return &names{latest: map[domain.PersonID]int32{}} }

// put adds what an act says of a person's name, in the place of what it said before. An empty name is none.
func (n *names) put(who domain.PersonID, version uint64, name string) {
	n.remove(who, version)
	if name == "" {
		return
	}
	before, ok := n.latest[who]
	if !ok {
		before = -1
	}
	n.latest[who] = int32(len(n.who))
	n.folded.add(spelling.Fold(name))
	n.strict.add(spelling.Spell(name))
	n.who, n.said, n.before = append(n.who, who), append(n.said, version), append(n.before, before)
}

// remove takes out what an act said of a person; everything for version 0.
func (n *names) remove(who domain.PersonID, version uint64) {
	i, ok := n.latest[who]
	for ok && i >= 0 {
		if version == 0 || n.said[i] == version {
			n.folded.wipe(int(i))
			n.strict.wipe(int(i))
		}
		i = n.before[i]
	}
	if version == 0 {
		delete(n.latest, who)
	}
}

// Rank says how well a name fits, the best first.
type Rank int

const (
	Exact     Rank = iota // the whole name with its marks
	Spelled               // a part of it with its marks
	Whole                 // the whole name, with other marks or none
	Part                  // whole words that follow one another
	Begun                 // the last word is only begun
	Scattered             // all words, in another order or not next to each other
	noRank
)

// look is a text as names are compared with it.
type look struct {
	strict, folded []byte
	words          [][]byte
}

func lookOf(text string) look {
	of := func(s string) []byte { var c column; c.add(s); return c.text }
	l := look{strict: of(spelling.Spell(text)), folded: of(spelling.Fold(text))}
	for w := range strings.FieldsSeq(spelling.Fold(text)) {
		l.words = append(l.words, []byte(" "+w))
	}
	return l
}

// rank compares a name; noRank where it does not fit.
func (l look) rank(strict, folded []byte) Rank {
	for _, w := range l.words {
		if !bytes.Contains(folded, w) {
			return noRank
		}
	}
	switch {
	case bytes.Equal(strict, l.strict):
		return Exact
	case containsWords(strict, l.strict):
		return Spelled
	case bytes.Equal(folded, l.folded):
		return Whole
	case containsWords(folded, l.folded):
		return Part
	case bytes.Contains(folded, l.folded):
		return Begun
	}
	return Scattered
}

// containsWords tells whether part stands in a text and ends where a word ends.
func containsWords(text, part []byte) bool {
	for {
		i := bytes.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
		if len(text) == 0 || text[0] == ' ' {
			return true
		}
	}
}

// found is a name that fits.
type found struct {
	rank  Rank
	entry int
}

// find returns the names that fit best, the latest first among equals, no more than limit, and how many fit. It looks
// through them on all processors.
func (n *names) find(text string, limit int) (best []found, total int) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	l := lookOf(text)
	if len(l.words) == 0 {
		return nil, 0
	}
	parts := max(1, min(runtime.GOMAXPROCS(0), len(n.who)/10_000))
	results, counts := make([][]found, parts), make([]int, parts)
	var all sync.WaitGroup
	for p := range parts {
		all.Go(func() {
			from, to := len(n.who)*p/parts, len(n.who)*(p+1)/parts
			results[p], counts[p] = n.scan(l, from, to, limit)
		})
	}
	all.Wait()
	for p := range parts {
		best, total = append(best, results[p]...), total+counts[p]
	}
	return first(best, limit), total
}

// scan looks through a part of the names.
func (n *names) scan(l look, from, to, limit int) (best []found, total int) {
	var kept [noRank]int
	for i := to - 1; i >= from; i-- {
		r := l.rank(n.strict.at(i), n.folded.at(i))
		if r == noRank {
			continue
		}
		total++
		if kept[r] < limit {
			kept[r]++
			best = append(best, found{r, i})
		}
	}
	return first(best, limit), total
}

func first(all []found, limit int) []found {
	slices.SortFunc(all, func(a, b found) int {
		if a.rank != b.rank {
			return int(a.rank - b.rank)
		}
		return b.entry - a.entry
	})
	return all[:min(limit, len(all))]
}
