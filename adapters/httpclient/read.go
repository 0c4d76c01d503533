package httpclient

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/projections/figures"
	"hoso/projections/history"
)

// Question asks for figures.
type Question struct {
	Month      string // 2024-04
	Calendar   string // calendar, 15-14; empty: calendar
	Area       string // code or name; empty: everything
	Tree       string // then, now; empty: then
	By         string // district, commune; empty: not divided
	AsOf       string // a position, a day or a time; empty: now
	Indicators []string
	WaitFor    domain.Ordinal
}

func (q Question) values() url.Values {
	v := url.Values{}
	set(v, map[string]string{"calendar": q.Calendar, "area": q.Area, "tree": q.Tree, "by": q.By, "as_of": q.AsOf})
	v["indicator"] = q.Indicators
	waitFor(v, q.WaitFor)
	return v
}

func set(v url.Values, values map[string]string) {
	for name, value := range values {
		if value != "" {
			v.Set(name, value)
		}
	}
}

func waitFor(v url.Values, n domain.Ordinal) {
	if n != 0 {
		v.Set("wait_for", strconv.FormatUint(uint64(n), 10))
	}
}

// Figures returns the figures of a month.
func (c *Client) Figures(ctx context.Context, q Question) (figures.Sheet, error) {
	answer, err := read[struct {
		figures.Sheet
		Area string `json:"area"` // no unit at all is no code
	}](ctx, c, []string{"figures", q.Month}, q.values())
	sheet := answer.Sheet
	sheet.Area = area.Code(answer.Area)
	sheet.Unit, _ = area.Find(sheet.Area, sheet.To)
	return sheet, err
}

// Number is a number of an indicator.
type Number struct {
	Indicator string
	Which     figures.Which // empty: the value
	Part      string        // kind=fixed, district=178; empty: the whole
}

// Explain returns a page of the events behind a number; of at most limit events, or as many as the server likes.
func (c *Client) Explain(ctx context.Context, q Question, n Number, p figures.Page) (figures.Explanation, error) {
	v := q.values()
	v.Del("indicator")
	set(v, map[string]string{"number": string(n.Which), "by": n.Part, "after": p.After})
	if p.Limit > 0 {
		v.Set("limit", strconv.Itoa(p.Limit))
	}
	return read[figures.Explanation](ctx, c, []string{"figures", q.Month, n.Indicator, "events"}, v)
}

// Moment says up to when a case is read; what is set must hold all together.
type Moment struct {
	Version uint64
	AsOf    string
	On      string
	WaitFor domain.Ordinal
}

// History returns what happened in a case, and its state.
func (c *Client) History(ctx context.Context, caseType, name string, m Moment) (history.History, error) {
	v := url.Values{}
	set(v, map[string]string{"as_of": m.AsOf, "on": m.On})
	if m.Version != 0 {
		v.Set("version", strconv.FormatUint(m.Version, 10))
	}
	waitFor(v, m.WaitFor)
	return read[history.History](ctx, c, []string{"cases", caseType, name, "history"}, v)
}

// Report says which report is meant.
type Report struct {
	Spec      string
	Format    string // json, text, html, docx, xlsx, pdf; empty: json
	Published bool
	Issue     int
}

// Report writes a report of a month as a file.
func (c *Client) Report(ctx context.Context, w io.Writer, q Question, r Report) error {
	v := q.values()
	set(v, map[string]string{"spec": r.Spec, "format": r.Format})
	if r.Published {
		v.Set("published", "true")
	}
	if r.Issue != 0 {
		v.Set("issue", strconv.Itoa(r.Issue))
	}
	request, err := c.request(ctx, http.MethodGet, []string{"reports", q.Month}, v, http.NoBody)
	if err != nil {
		return err
	}
	a, err := c.send(request)
	if err != nil {
		return err
	}
	defer a.Body.Close()
	if _, err := io.Copy(w, a.Body); err != nil {
		return c.broken(ctx, err)
	}
	return nil
}

// Since is the earlier moment of a comparison: one that is named, or that of a publication of the month.
type Since struct {
	AsOf string
	Report
}

// Compare returns what was recorded between two moments about the numbers of a month; the later one is that of the question.
func (c *Client) Compare(ctx context.Context, q Question, n Number, since Since) (figures.Comparison, error) {
	v := q.values()
	set(v, map[string]string{"number": string(n.Which), "by": n.Part, "from": since.AsOf, "spec": since.Spec})
	if since.Published || since.Issue != 0 {
		v.Set("published", "true")
	}
	if since.Issue != 0 {
		v.Set("issue", strconv.Itoa(since.Issue))
	}
	answer, err := read[struct {
		figures.Comparison
		Area string `json:"area"`
	}](ctx, c, []string{"figures", q.Month, "difference"}, v)
	answer.Comparison.Area = area.Code(answer.Area)
	return answer.Comparison, err
}
