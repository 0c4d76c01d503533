package web

import (
	"fmt"
	"html/template"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/figures"
	"hoso/projections/report"
	"hoso/projections/report/chart"
)

// Lang is a language of the pages.
type Lang string

// The languages.
const (
	Vi Lang = "vi"
	En Lang = "en"
)

// text is said in both languages.
type text struct{ Vi, En string }

// In returns the text in a language; in Vietnamese where there is no other.
func (t text) In(l Lang) string {
	if l == En && t.En != "" {
		return t.En
	}
	return t.Vi
}

// words are what templates may say beside their data.
func (s *Site) words(l Lang) template.FuncMap {
	return template.FuncMap{
		"t":       func(vi, en string) string { return text{vi, en}.In(l) },
		"label":   func(t domain.Text) string { return text{t.Vi, t.En}.In(l) },
		"lang":    func() Lang { return l },
		"asset":   s.assets.address,
		"first":   upperFirst,
		"number":  whole,
		"at":      whole,
		"value":   figure,
		"diff":    difference,
		"change":  changed,
		"unit":    report.UnitName,
		"date":    func(d calendar.Date) string { return d.Vietnamese() },
		"month":   func(m calendar.Month) string { return m.Vietnamese() },
		"moment":  func(t time.Time) string { return t.In(calendar.Zone).Format("02/01/2006 15:04:05") },
		"clock":   func(t time.Time) string { return t.In(calendar.Zone).Format("15:04") },
		"address": address,
		"id":      breakable,
		"exact": func(n figures.Number) string {
			return strings.Replace(report.Scaled(n.Quantity, n.Parts), "-", "−", 1)
		},
		"withheld": func(events []figures.Entry) bool {
			return slices.ContainsFunc(events, func(e figures.Entry) bool { return e.Withheld })
		},
		"short":    func(id domain.StreamID) string { return id.Type + "-" + id.ID.String()[:8] },
		"purposes": func() []option { return s.purposes(l) },
		"number64": report.Number,
		"add":      func(a, b int) int { return a + b },
		"place":    func(code any) string { return placeName(area.Code(fmt.Sprint(code)), s.today()) },
		"days": func(n int) string {
			return report.Number(int64(max(n, -n))) + text{" ngày", " days"}.In(l)
		},
		"said": func(e *domain.Error) string {
			if l == En && e.En != "" {
				return e.English()
			}
			return e.Msg
		},
		"typeName": func(name string) string {
			if ct, ok := s.Catalog.Type(name); ok {
				return text{ct.Label.Vi, ct.Label.En}.In(l)
			}
			return name
		},
		"roleName": func(name string) string {
			if r := right.Role(name); r.Known() {
				return text{r.Label().Vi, r.Label().En}.In(l)
			}
			return name
		},
		"reason": func(err error) string { return said(err, l) },
		"cell": func(row []string, i int) string {
			if i < len(row) {
				return row[i]
			}
			return ""
		},
		"isodate": func(v string) string { return writtenText("", v, 0) },
		"commandName": func(name string) string {
			c, _ := s.Catalog.Command(name)
			return text{c.Label.Vi, c.Label.En}.In(l)
		},
		"max1":   func(n int) int { return max(n, 1) },
		"list":   func(all ...any) []any { return all },
		"svg":    func(c chart.Chart) template.HTML { return template.HTML(c.Draw().SVG()) }, // escapes what it takes from the chart
		"inc":    func(n int) int { return n + 1 },
		"plain":  report.Plain,
		"upper":  strings.ToUpper,
		"called": func(field string) string { return fieldNames[field].In(l) },
	}
}

// breakable writes a name of the catalogue so that it goes over to the next line behind its points and strokes, not within a word.
func breakable(id string) template.HTML {
	return template.HTML(strings.NewReplacer(".", ".<wbr>", "_", "_<wbr>").Replace(template.HTMLEscapeString(id)))
}

// whole writes a whole number of any type: a count, a position.
func whole(n any) string {
	v := reflect.ValueOf(n)
	if v.CanUint() {
		return report.Number(int64(v.Uint()))
	}
	return report.Number(v.Int())
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// figure writes a number as reports do; a dash where it is unknown.
func figure(n figures.Number, unit string) string {
	switch {
	case !n.Known():
		return "–"
	case unit == "VND":
		return report.Million(n.Quantity)
	}
	return report.Scaled(n.Quantity, n.Parts)
}

// difference writes a number with its sign.
func difference(n figures.Number, unit string) string {
	if n.Known() && n.Quantity > 0 {
		return "+" + figure(n, unit)
	}
	return strings.Replace(figure(n, unit), "-", "−", 1)
}

// changed writes by how many percent a number rose or fell.
func changed(n figures.Number) string {
	switch {
	case !n.Known():
		return "–"
	case n.Quantity > 0:
		return "▲ " + report.Percent(n.In(100))
	case n.Quantity < 0:
		return "▼ " + report.Percent(-n.In(100))
	}
	return "= 0%"
}

// address returns an address with values of parameters: address "/bao-cao" "month" "2024-04".
func address(path string, pairs ...string) (string, error) {
	u, err := url.Parse(path)
	if err != nil {
		return "", err
	}
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
			continue
		}
		q.Set(pairs[i], pairs[i+1])
	}
	u.RawQuery = q.Encode()
	return u.String(), nil
}
