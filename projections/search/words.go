package search

import (
	"slices"
	"strings"

	"hoso/domain/spelling"
)

// words are the words of names: some thousands, however many names there are.
type words struct {
	said   []word
	strict map[string]uint32
	plain  []string // folded words
	folded map[string]uint32
	used   []int32 // by how many words that are said
}

// word is a word with its marks. Number 0 is no word.
type word struct {
	text   string
	folded uint32
	used   int32 // in how many names
}

// use returns the number of a word, which one more name has.
func (w *words) use(text string) uint32 {
	if len(w.said) == 0 {
		w.said, w.plain, w.used = append(w.said, word{}), append(w.plain, ""), append(w.used, 0)
	}
	id, ok := w.strict[text]
	if !ok {
		id = uint32(len(w.said))
		w.said = append(w.said, word{text: text, folded: w.fold(spelling.Fold(text))})
		w.strict[text] = id
	}
	w.said[id].used++
	return id
}

func (w *words) fold(text string) uint32 {
	id, ok := w.folded[text]
	if !ok {
		id = uint32(len(w.plain))
		w.plain, w.used = append(w.plain, text), append(w.used, 0)
		w.folded[text] = id
	}
	w.used[id]++
	return id
}

// release takes back a use. A word that no name has is forgotten.
func (w *words) release(id uint32) {
	s := &w.said[id]
	if s.used--; s.used > 0 {
		return
	}
	delete(w.strict, s.text)
	if w.used[s.folded]--; w.used[s.folded] == 0 {
		delete(w.folded, w.plain[s.folded])
		w.plain[s.folded] = ""
	}
	*s = word{}
}

// mostWords is how many words of a text are looked for.
const mostWords = 16

// look is a text as names are compared with it.
type look struct {
	strict []uint32 // its words as they are spelled; 0 for what is in no name
	folded []uint32
	begun  []uint16 // by folded word: the words of the text, as bits, with which it begins
	all    uint16
}

// look prepares a text; false where it has no words, or one with which no name's word begins.
func (w *words) look(text string) (l look, ok bool) {
	plain := strings.Fields(spelling.Fold(text))
	if len(plain) == 0 || len(plain) > mostWords || len(w.said) == 0 {
		return l, false
	}
	l.begun = make([]uint16, len(w.plain))
	var found uint16
	for i, q := range plain {
		l.all |= 1 << i
		for id, p := range w.plain {
			if p != "" && strings.HasPrefix(p, q) {
				l.begun[id] |= 1 << i
				found |= 1 << i
			}
		}
		l.folded = append(l.folded, w.folded[q])
	}
	for q := range strings.FieldsSeq(spelling.Spell(text)) {
		l.strict = append(l.strict, w.strict[q])
	}
	return l, found == l.all
}

// rank compares a name; noRank where it does not fit.
func (l look) rank(said []word, name []uint32) Rank {
	var begun uint16
	for _, w := range name {
		begun |= l.begun[said[w].folded]
	}
	if begun != l.all {
		return noRank
	}
	rank := Scattered
	for at := 0; at+len(l.folded) <= len(name); at++ {
		part := name[at : at+len(l.folded)]
		whole := len(part) == len(name)
		switch {
		case slices.Equal(part, l.strict):
			if whole {
				return Exact
			}
			return Spelled
		case l.follows(said, part, true) && whole:
			rank = min(rank, Whole)
		case l.follows(said, part, true):
			rank = min(rank, Part)
		case l.follows(said, part, false):
			rank = min(rank, Begun)
		}
	}
	return rank
}

// follows tells whether the words of the text are these; the last one may be only begun unless they must be whole.
func (l look) follows(said []word, part []uint32, whole bool) bool {
	last := len(part) - 1
	for i, w := range part {
		f := said[w].folded
		if f != l.folded[i] && (whole || i < last || l.begun[f]&(1<<i) == 0) {
			return false
		}
	}
	return true
}
