package person

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a name as loose search compares it: lower case, without marks, đ as d, i for y at a word's end, single
// spaces. "Lý Thúy Hòa" and "LI THUÝ HOÀ" fold alike, since marks may sit on either vowel.
func Fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ':
			b.WriteRune('d')
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		default:
			if space {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
		}
		space = false
	}
	words := strings.Split(b.String(), " ")
	for i, w := range words {
		if len(w) > 1 && strings.HasSuffix(w, "y") && !strings.ContainsAny(w[len(w)-2:len(w)-1], "aou") {
			words[i] = w[:len(w)-1] + "i"
		}
	}
	return strings.Join(words, " ")
}
