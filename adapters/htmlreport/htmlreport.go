// Package htmlreport writes a report as one page that needs nothing from elsewhere: no script, no font, no picture file. It
// prints on A4, is readable in grey, and a screen reader finds headings, captions, and a table beside every chart.
package htmlreport

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"hoso/projections/report"
	"hoso/projections/report/chart"
)

//go:embed page.html
var page string

var pages = template.Must(template.New("page").Funcs(template.FuncMap{
	"upper": strings.ToUpper,
	"inc":   func(n int) int { return n + 1 },
	"text":  func(column int) bool { return column < 2 },
	// A drawing escapes what it takes from the report, and is the only thing here that the template does not.
	"svg": func(c chart.Chart) template.HTML { return template.HTML(c.Draw().SVG()) },
	"table": func(c chart.Chart) grid {
		head, rows := c.Table()
		return grid{head, rows}
	},
	"annex": func(r report.Report) report.Grid { return report.Annex(r.Annex, r.Month.Year) },
}).Parse(page))

type grid struct {
	Head []string
	Rows [][]string
}

// Write writes a report. The same report gives the same bytes.
func Write(w io.Writer, r report.Report) error { return pages.Execute(w, r) }
