// Package spelling compares Vietnamese names as people write them: with and without marks, the mark of a tone on either
// vowel (hòa and hoà), i for y.
package spelling

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a name as loose search compares it: lower case, without marks, đ as d, i for y at a word's end, single
// spaces. "Lý Thúy Hòa" and "LI THUÝ HOÀ" fold alike, since marks may sit on either vowel.
func Fold(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ', r == 'ð': // texts in old encodings have the Icelandic letter, which looks alike in capitals
			b.WriteByte('d')
		default:
			b.WriteRune(r)
		}
	}
	words := strings.Fields(b.String())
	for i, w := range words {
		if endsInI(w) {
			words[i] = w[:len(w)-1] + "i"
		}
	}
	return strings.Join(words, " ")
}

// endsInI tells whether a word's last y sounds as i and is written either way: lý and lí, quý and quí. After a, o and u
// it is another sound (tay and tai), but the u of qu belongs to the consonant.
func endsInI(w string) bool {
	vowel, ok := strings.CutSuffix(w, "y")
	return ok && vowel != "" && (w == "quy" || !strings.ContainsAny(vowel[len(vowel)-1:], "aou"))
}
