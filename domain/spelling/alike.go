package spelling

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Spell returns a name as strict comparison sees it: with all its marks, but in lower case, the mark of a tone behind its
// word, i for y at a word's end, single spaces. "HOÀ MỸ" and "Hòa Mĩ" are spelled alike, "Tân Thanh" and "Tân Thành" not.
func Spell(name string) string {
	words := strings.Fields(strings.ToLower(norm.NFC.String(name)))
	for i, w := range words {
		var letters, plain, tones []rune
		for _, r := range norm.NFD.String(strings.ReplaceAll(w, "ð", "đ")) {
			switch {
			case slices.Contains(toneMarks, r):
				tones = append(tones, r)
				continue
			case !unicode.Is(unicode.Mn, r):
				plain = append(plain, r)
			}
			letters = append(letters, r)
		}
		if endsInI(string(plain)) && letters[len(letters)-1] == 'y' {
			letters[len(letters)-1] = 'i'
		}
		words[i] = string(letters) + string(tones)
	}
	return strings.Join(words, " ")
}

// toneMarks are huyền, sắc, ngã, hỏi and nặng. The other marks make letters of their own (ă, â, ê, ô, ơ, ư).
var toneMarks = []rune{0x300, 0x301, 0x303, 0x309, 0x323}

// Name is a name prepared for many comparisons.
type Name struct{ strict, loose []string } // its words

// Of prepares a name.
func Of(name string) Name {
	n := Name{strict: strings.Fields(Spell(name))}
	for _, w := range n.strict {
		n.loose = append(n.loose, Fold(w))
	}
	return n
}

// Alike tells whether somebody who typed this name may have meant the other. Strictly alike are names that are spelled
// alike; loosely alike also those of which a word was typed without any mark.
func (n Name) Alike(other Name) (strict, loose bool) {
	if len(n.strict) != len(other.strict) || len(n.strict) == 0 {
		return false, false
	}
	strict = true
	for i, w := range n.strict {
		if w == other.strict[i] {
			continue
		}
		strict = false
		if w != n.loose[i] || w != other.loose[i] {
			return false, false
		}
	}
	return strict, true
}
