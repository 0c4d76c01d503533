package report

import (
	"context"
	"strings"

	"hoso/domain"
	"hoso/projections/figures"
)

// Cited says which number of which figure a text gives, so that a reader can open it.
type Cited struct {
	Indicator string
	Number    figures.Which
	Part      string // "kind=fixed"; empty: the whole
	Next      bool   // of the month after
}

// Piece is a piece of a text: words, or a number with what it is.
type Piece struct {
	Text string
	Of   *Cited // nil: words
}

// In a linked text a number stands between marks that no text of a report has (Unicode, private use).
const (
	markBegin, markBar, markEnd = "\uE000", "\uE001", "\uE002"
)

// BuildLinked is Build, with every number in a text marked: [Pieces] takes such a text apart, [Plain] has Build's again.
func BuildLinked(ctx context.Context, catalog *domain.Catalog, spec Spec, source Source, q figures.Query) (Report, error) {
	return build(ctx, catalog, spec, source, q, true)
}

// mark marks what a word says, without the comma that it brings along.
func (w words) mark(c Cited, said string) string {
	if !w.linked || said == "" {
		return said
	}
	rest := strings.TrimLeft(said, ",;( ")
	next := ""
	if c.Next {
		next = "next"
	}
	return said[:len(said)-len(rest)] + markBegin + strings.Join([]string{c.Indicator, string(c.Number), c.Part, next}, markBar) + markBar + rest + markEnd
}

// opens marks what a word says about a number of a figure; opensPart about that of a part.
func (w words) opens(n figures.Which, say func(id string) (string, error)) func(string) (string, error) {
	return func(id string) (string, error) {
		s, err := say(id)
		return w.mark(Cited{Indicator: id, Number: n}, s), err
	}
}

func (w words) opensPart(n figures.Which, say func(id, key, value string) (string, error)) func(string, string, string) (string, error) {
	return func(id, key, value string) (string, error) {
		s, err := say(id, key, value)
		return w.mark(Cited{Indicator: id, Number: n, Part: key + "=" + value}, s), err
	}
}

// Pieces takes a linked text apart.
func Pieces(s string) (all []Piece) {
	for s != "" {
		before, rest, found := strings.Cut(s, markBegin)
		if before != "" {
			all = append(all, Piece{Text: Plain(before)})
		}
		if !found {
			break
		}
		inside, after, _ := strings.Cut(rest, markEnd)
		if f := strings.SplitN(inside, markBar, 5); len(f) == 5 {
			all = append(all, Piece{f[4], &Cited{f[0], figures.Which(f[1]), f[2], f[3] != ""}})
		}
		s = after
	}
	return all
}

// Plain returns a linked text as Build has it.
func Plain(s string) string {
	if !strings.Contains(s, markBegin) {
		return strings.NewReplacer(markBar, "", markEnd, "").Replace(s)
	}
	var b strings.Builder
	for _, p := range Pieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}
