// Package chart draws the charts of reports: what stands where, worked out once, for every kind of file.
//
//	Chart (numbers and names) ─▶ Scene (bars, lines, texts at whole points) ─▶ SVG here, PNG and PDF in adapters
//
// A chart is drawn from whole numbers by whole numbers, so the same chart gives the same bytes on every machine. It can be
// read in grey: what is compared differs in pattern, not in colour alone. Whoever cannot see it reads its title, its
// description and its table; every number stands there, also the ones for which the drawing has no room.
package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Kind is a form of chart.
type Kind string

// The kinds of charts.
const (
	Columns Kind = "columns" // upright bars, one or two for each point
	Line    Kind = "line"    // one value for each point, joined
	Ranks   Kind = "ranks"   // level bars, one for each point, in the given order
)

// Chart is what a chart shows. It stands in a published report, so it is data and keeps its texts.
type Chart struct {
	ID     string   `json:"id"` // no other chart of a page has it
	Kind   Kind     `json:"kind"`
	Title  string   `json:"title"`
	Unit   string   `json:"unit"`   // in which the texts of the values are
	Series []string `json:"series"` // what the values of a point are: "Năm 2024", "Năm 2023"
	Points []Point  `json:"points"`
	Mark   *Mark    `json:"mark,omitempty"` // a level to compare with
}

// Point is a place along a chart.
type Point struct {
	Label  string  `json:"label"`
	Values []Value `json:"values"`
}

// Value is a number: what its length is made of, and how it is written. What is missing is no zero.
type Value struct {
	Quantity int64  `json:"quantity"`
	Text     string `json:"text"`
	Missing  bool   `json:"missing,omitempty"`
}

// Mark is a level drawn across columns, like the year's plan.
type Mark struct {
	Label string `json:"label"`
	Value Value  `json:"value"`
}

// value returns a point's value of a series; missing where it has none.
func (p Point) value(series int) Value {
	if series < len(p.Values) {
		return p.Values[series]
	}
	return Value{Missing: true}
}

func (v Value) say() string {
	if v.Missing {
		return "–"
	}
	return v.Text
}

// Table returns all numbers of the chart, to stand beside it.
func (c Chart) Table() (head []string, rows [][]string) {
	head = append([]string{""}, c.Series...)
	for _, p := range c.Points {
		row := []string{p.Label}
		for n := range c.Series {
			row = append(row, p.value(n).say())
		}
		rows = append(rows, row)
	}
	if c.Mark != nil {
		row := make([]string, len(head))
		row[0], row[1] = c.Mark.Label, c.Mark.Value.say()
		rows = append(rows, row)
	}
	return head, rows
}

// Describe says in a few sentences what is to be seen.
func (c Chart) Describe() string {
	forms := map[Kind]string{Columns: "Biểu đồ cột", Line: "Biểu đồ đường", Ranks: "Biểu đồ thanh ngang, xếp từ cao xuống thấp"}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, đơn vị: %s.", forms[c.Kind], c.Unit)
	for n, name := range c.Series {
		var known []Point
		for _, p := range c.Points {
			if !p.value(n).Missing {
				known = append(known, p)
			}
		}
		if len(known) == 0 {
			fmt.Fprintf(&b, " %s: chưa có số liệu.", name)
			continue
		}
		by := func(p, q Point) int { return cmp.Compare(p.value(n).Quantity, q.value(n).Quantity) }
		high, low, last := slices.MaxFunc(known, by), slices.MinFunc(known, by), known[len(known)-1]
		fmt.Fprintf(&b, " %s: cao nhất %s (%s), thấp nhất %s (%s)", name, high.value(n).Text, high.Label, low.value(n).Text, low.Label)
		if c.Kind != Ranks {
			fmt.Fprintf(&b, ", gần nhất %s (%s)", last.value(n).Text, last.Label)
		}
		b.WriteString(".")
	}
	if c.Mark != nil {
		fmt.Fprintf(&b, " %s: %s.", c.Mark.Label, c.Mark.Value.say())
	}
	return b.String()
}

// Grid is a table of a chart's numbers.
type Grid struct {
	Head []string
	Rows [][]string
}

// across is how many points stand beside each other on the width of a page.
const across = 6

// Grids returns the numbers as tables for a page: the points beside each other, so many to a table; ranks below each other.
func (c Chart) Grids() (all []Grid) {
	head, rows := c.Table()
	if c.Kind == Ranks || len(rows) == 0 {
		return []Grid{{head, rows}}
	}
	for from := 0; from < len(rows); from += across {
		g := Grid{Head: []string{""}}
		for n := range c.Series {
			g.Rows = append(g.Rows, []string{c.Series[n]})
		}
		for _, row := range rows[from:min(from+across, len(rows))] {
			g.Head = append(g.Head, row[0])
			for n := range g.Rows {
				g.Rows[n] = append(g.Rows[n], row[n+1])
			}
		}
		all = append(all, g)
	}
	return all
}

// Spell is the description with all numbers, where a picture has one text and no table.
func (c Chart) Spell() string {
	var b strings.Builder
	b.WriteString(c.Title + ". " + c.Describe())
	for _, p := range c.Points {
		var values []string
		for n := range c.Series {
			values = append(values, p.value(n).say())
		}
		b.WriteString(" " + p.Label + ": " + strings.Join(values, " / ") + ";")
	}
	return strings.TrimSuffix(b.String(), ";")
}
