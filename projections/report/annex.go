package report

import (
	"fmt"
	"slices"

	"hoso/projections/figures"
)

// Grid is a table of figures as people read it. Its first two columns are texts, the others numbers.
type Grid struct {
	Columns []string
	Lines   []Line
}

// Line is a figure of a grid or, under it, a part of it: of a breakdown or of a unit.
type Line struct {
	Cells []string // as many as there are columns
	Part  bool
}

// Annex lays out figures as the annex of a report: indicator, unit, month, year to date, the same month of last year and the
// month before with the change against each, and the year's plan where any of them has one. What is not known, or does not
// exist for a measure, is a dash. Of a division by units it shows what is not zero.
func Annex(all []figures.Figure, year int) Grid {
	planned := slices.ContainsFunc(all, func(f figures.Figure) bool { return f.Plan.Known() })
	g := Grid{Columns: row("Chỉ tiêu", "ĐVT", "Trong tháng", "Lũy kế", fmt.Sprintf("Cùng kỳ %d", year-1), "So sánh", "Tháng trước", "So sánh")}
	if planned {
		g.Columns = append(g.Columns, "Kế hoạch năm", "Đạt")
	}
	part := func(cells ...string) {
		g.Lines = append(g.Lines, Line{append(cells, make([]string, len(g.Columns)-len(cells))...), true})
	}
	for _, f := range all {
		r := row(f.Label, UnitName(f.Unit), cell(f.Value, f.Unit), cell(f.YTD, f.Unit), cell(f.LastYear, f.Unit), change(f.ChangePct), cell(f.MonthBefore, f.Unit), change(f.MonthPct))
		if planned {
			r = append(r, cell(f.Plan, f.Unit), reached(f.PlanPct))
		}
		g.Lines = append(g.Lines, Line{Cells: r})
		for _, p := range f.Areas {
			if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
				part(p.Name, p.Area, cell(p.Value, f.Unit), cell(p.YTD, f.Unit))
			}
		}
		if f.Areas != nil {
			continue // divided by units instead
		}
		for _, p := range f.Breakdown {
			if p.Value.Quantity != 0 || p.YTD.Quantity != 0 {
				part(PartName(p), "", cell(p.Value, f.Unit), partYear(p, f.Unit))
			}
		}
	}
	return g
}

// PartName names a part of a breakdown: "hình thức: trực tiếp".
func PartName(p figures.Part) string { return keyName(p.By) + ": " + valueName(p.By, p.Key) }

// UnitName is a figure's unit as numbers are written in it: money in millions of đồng.
func UnitName(u string) string {
	if u == "VND" {
		return "triệu đồng"
	}
	return u
}

// partYear leaves the cell of a part empty where there is no year.
func partYear(p figures.Part, unit string) string {
	if !p.YTD.Known() {
		return ""
	}
	return cell(p.YTD, unit)
}

func reached(n figures.Number) string {
	if !n.Known() {
		return "–"
	}
	return Scaled(n.Quantity, n.Parts) + "%"
}

func row(cells ...string) []string { return cells }

func cell(n figures.Number, unit string) string {
	switch {
	case !n.Known():
		return "–"
	case unit == "VND":
		return Million(n.Quantity)
	}
	return Scaled(n.Quantity, n.Parts)
}

func change(n figures.Number) string {
	if !n.Known() {
		return "–"
	}
	if n.Quantity > 0 {
		return "+" + Percent(n.In(100))
	}
	return Percent(n.In(100))
}

// Numbered is a line with its number in the first column of an official annex (TT); parts have none.
type Numbered struct {
	TT string
	Line
}

// Numbers counts the lines of a grid.
func (g Grid) Numbers() (all []Numbered) {
	n := 0
	for _, l := range g.Lines {
		tt := ""
		if !l.Part {
			n++
			tt = fmt.Sprint(n)
		}
		all = append(all, Numbered{tt, l})
	}
	return all
}
