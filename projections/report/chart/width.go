package chart

import (
	"strings"
	"unicode"
)

// widths are those of the letters from space to ~ in Arial and in Liberation Sans, which is made as wide, in thousandths
// of the size.
var widths = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
	556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
	556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// Width returns how many points wide a text is at most. The letters of Vietnamese are never wider than what is taken for
// them here; a test holds that against the font.
func Width(text string, size int) int {
	sum := 0
	for _, r := range text {
		switch {
		case r >= ' ' && int(r-' ') < len(widths):
			sum += widths[r-' ']
		case unicode.Is(unicode.Mn, r):
		case r == '–' || r == '·':
			sum += 556
		case unicode.IsUpper(r):
			sum += 870
		case unicode.IsLower(r) && r < 0x2000:
			sum += 680
		default:
			sum += 1015
		}
	}
	return (sum*size + 999) / 1000
}

// wrap breaks a text into at most so many lines of a width. A word that is longer is cut, and so is what is left over; the
// mark … says so.
func wrap(text string, size, width, most int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if n := len(lines) - 1; n >= 0 && Width(lines[n]+" "+word, size) <= width {
			lines[n] += " " + word
			continue
		}
		if len(lines) == most {
			lines[most-1] = cut(lines[most-1]+" "+word, size, width, true)
			return lines
		}
		lines = append(lines, cut(word, size, width, false))
	}
	return lines
}

// cut shortens a text to a width, with … for what is gone; always does so in any case.
func cut(text string, size, width int, always bool) string {
	if !always && Width(text, size) <= width {
		return text
	}
	letters := []rune(text)
	for len(letters) > 0 && Width(string(letters)+"…", size) > width {
		letters = letters[:len(letters)-1]
	}
	return strings.TrimRight(string(letters), " ") + "…"
}
