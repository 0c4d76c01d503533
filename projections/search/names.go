package search

import (
	"cmp"
	"runtime"
	"slices"
	"strings"
	"sync"

	"hoso/domain"
	"hoso/domain/spelling"
)

// names are all names in memory. Many people share a name, and names share few words: a name is kept once, as the numbers of
// its words, and a look compares numbers. So a million people are looked through on all processors in some milliseconds,
// whatever somebody typed, and no index has to know the spellings beforehand.
type names struct {
	mu    sync.RWMutex
	words words

	text  []uint32 // the words of one name after the other
	ends  []uint32
	first []int32 // the latest entry that bears the name; -1: none any more
	many  []int32 // how many do
	known map[string]int32

	entries []entry
	latest  map[domain.PersonID]int32
}

// entry is a name of a person, as an act said it.
type entry struct {
	who     domain.PersonID
	said    uint64 // version of the act
	name    int32  // -1: taken out
	another int32  // an earlier entry of the same name; -1: none
	before  int32  // the entry before it of the same person; -1: none
}

func newNames() *names {
	return &names{known: map[string]int32{}, latest: map[domain.PersonID]int32{}, words: words{strict: map[string]uint32{}, folded: map[string]uint32{}}}
}

// put adds what an act says of a person's name, in the place of what it said before. An empty name is none.
func (n *names) put(who domain.PersonID, version uint64, name string) {
	n.remove(who, version)
	id := n.name(strings.Fields(spelling.Spell(name)))
	if id < 0 {
		return
	}
	before, ok := n.latest[who]
	if !ok {
		before = -1
	}
	at := int32(len(n.entries))
	n.entries = append(n.entries, entry{who, version, id, n.first[id], before})
	n.first[id], n.latest[who] = at, at
	n.many[id]++
}

// name returns the number of a name; -1 for none.
func (n *names) name(spelled []string) int32 {
	if len(spelled) == 0 {
		return -1
	}
	key := strings.Join(spelled, " ")
	if id, ok := n.known[key]; ok {
		return id
	}
	id := int32(len(n.ends))
	for _, w := range spelled {
		n.text = append(n.text, n.words.use(w))
	}
	n.ends, n.first, n.many = append(n.ends, uint32(len(n.text))), append(n.first, -1), append(n.many, 0)
	n.known[key] = id
	return id
}

func (n *names) spelled(id int32) []uint32 {
	from := uint32(0)
	if id > 0 {
		from = n.ends[id-1]
	}
	return n.text[from:n.ends[id]]
}

// remove takes out what an act said of a person; everything for version 0. A name that nobody bears any more is forgotten, and
// so are words that are in no name.
func (n *names) remove(who domain.PersonID, version uint64) {
	at, ok := n.latest[who]
	for ok && at >= 0 {
		e := &n.entries[at]
		if e.name >= 0 && (version == 0 || e.said == version) {
			id := e.name
			n.unchain(id, at)
			e.name = -1
			if n.many[id]--; n.many[id] == 0 {
				n.forget(id)
			}
		}
		at = e.before
	}
	if version == 0 {
		delete(n.latest, who)
	}
}

func (n *names) unchain(id, at int32) {
	next := n.entries[at].another
	if n.first[id] == at {
		n.first[id] = next
		return
	}
	for i := n.first[id]; i >= 0; i = n.entries[i].another {
		if n.entries[i].another == at {
			n.entries[i].another = next
			return
		}
	}
}

func (n *names) forget(id int32) {
	spelled := n.spelled(id)
	said := make([]string, len(spelled))
	for i, w := range spelled {
		said[i] = n.words.said[w].text
	}
	delete(n.known, strings.Join(said, " "))
	for i, w := range spelled {
		n.words.release(w)
		spelled[i] = 0
	}
	n.first[id] = -1
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

// found is a name that fits.
type found struct {
	rank  Rank
	entry int32 // the latest that bears it
	name  int32
}

func (f found) compare(o found) int {
	return cmp.Or(cmp.Compare(f.rank, o.rank), cmp.Compare(o.entry, f.entry))
}

// find returns the people whose names fit best, no more than limit, and how many fit. Among names that fit alike, the one that
// was recorded last is first.
func (n *names) find(text string, limit int) (best []hit, total int) {
	n.mu.RLock()
	defer n.mu.RUnlock()
	l, ok := n.words.look(text)
	if !ok {
		return nil, 0
	}
	parts := max(1, min(runtime.GOMAXPROCS(0), len(n.ends)/10_000))
	results, counts := make([][]found, parts), make([]int, parts)
	var all sync.WaitGroup
	for p := range parts {
		all.Go(func() {
			results[p], counts[p] = n.scan(l, len(n.ends)*p/parts, len(n.ends)*(p+1)/parts, limit)
		})
	}
	all.Wait()
	var fits []found
	for p := range parts {
		fits, total = append(fits, results[p]...), total+counts[p]
	}
	for _, f := range top(fits, limit) {
		for at := f.entry; at >= 0 && len(best) < limit; at = n.entries[at].another {
			best = append(best, hit{f.rank, n.entries[at].who})
		}
	}
	return best, total
}

// hit is somebody whose name fits.
type hit struct {
	rank Rank
	who  domain.PersonID
}

// scan looks through a part of the names, the latest first, so that most of those that cannot be among the best are passed over.
func (n *names) scan(l look, from, to, limit int) (best []found, total int) {
	worst := found{rank: noRank}
	for id := int32(to) - 1; id >= int32(from); id-- {
		if n.first[id] < 0 {
			continue
		}
		r := l.rank(n.words.said, n.spelled(id))
		if r == noRank {
			continue
		}
		total += int(n.many[id])
		f := found{r, n.first[id], id}
		if f.compare(worst) >= 0 {
			continue
		}
		if best = append(best, f); len(best) >= 8*limit+64 {
			best = top(best, limit)
			worst = best[len(best)-1]
		}
	}
	return top(best, limit), total
}

func top(all []found, limit int) []found {
	slices.SortFunc(all, found.compare)
	return all[:min(limit, len(all))]
}
