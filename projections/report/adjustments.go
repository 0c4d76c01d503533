package report

import (
	"cmp"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/figures"
	"hoso/projections/periods"
)

// A month that was published never changes its report. What is recorded about it later stands in the next report of the
// series as an adjustment: with the effect on the month and on the year so far, if it is of the same year. Over a year,
// what was published and what was adjusted since add up to the year to date; a report checks that.

// Adjusted is what was recorded about a published month since the last report that could say it.
type Adjusted struct {
	Month     calendar.Month `json:"month"`
	Indicator string         `json:"indicator"`
	Label     string         `json:"label"`
	Unit      string         `json:"unit"`
	Since     domain.Ordinal `json:"since"` // the events that make it were recorded after this position: see figures.Reader.Difference
	By        figures.Number `json:"by"`    // on the month
	Year      figures.Number `json:"ytd"`   // on the year to date of the report; 0 for a month of another year
}

// Series names the reports of which this one is a month.
func (b *builder) series() period.Series {
	return period.Series{Spec: b.spec.Name, Area: b.query.Area, Calendar: b.query.Calendar}
}

// since tells for each published month before the report's up to where the log is contained in some publication.
func since(said []periods.Published, before calendar.Month) map[calendar.Month]domain.Ordinal {
	at := map[calendar.Month]domain.Ordinal{}
	for _, m := range said {
		if m.Month.First() >= before.First() {
			continue
		}
		for _, p := range said {
			if p.Month.First() >= m.Month.First() {
				at[m.Month] = max(at[m.Month], p.Position)
			}
		}
	}
	return at
}

// adjust lists the adjustments of all flows, for the record, and those that the report cites, for its reader.
func (b *builder) adjust(p *page, said []periods.Published) (all []figures.Late, cited []Adjusted, err error) {
	at := since(said, p.Month)
	if len(at) == 0 {
		return nil, nil, nil
	}
	if all, err = b.source.Late(b.ctx, b.query, at); err != nil {
		return nil, nil, err
	}
	order := map[string]int{}
	for n, f := range p.Figures {
		order[f.Indicator] = n
	}
	slices.SortStableFunc(all, func(x, y figures.Late) int {
		return cmp.Or(cmp.Compare(x.Month.First(), y.Month.First()), cmp.Compare(order[x.Indicator], order[y.Indicator]))
	})
	for _, l := range all {
		f := p.by[l.Indicator]
		if !b.cited[l.Indicator] {
			continue
		}
		a := Adjusted{l.Month, l.Indicator, f.Label, f.Unit, at[l.Month], figures.Number{Quantity: l.By, Parts: max(f.Value.Parts, 1)}, figures.Number{Parts: max(f.Value.Parts, 1)}}
		if l.Month.Year == p.Month.Year {
			a.Year.Quantity = l.By
		}
		cited = append(cited, a)
	}
	return all, cited, nil
}

// yearsOfReports checks that the year to date is what was published of the year's earlier months, with everything adjusted
// since, and the month itself. Months that were never published count as they are known.
func (b *builder) yearsOfReports(p *page, said []periods.Published, late []figures.Late, months []figures.Series) (all []Finding) {
	latest := map[calendar.Month]periods.Published{}
	for _, s := range said {
		if s.Month.Year == p.Month.Year && s.Month.First() < p.Month.First() {
			latest[s.Month] = s
		}
	}
	if len(latest) == 0 {
		return nil
	}
	for _, s := range months {
		f, sum := p.by[s.Indicator], int64(0)
		for n, known := range s.Months {
			month := calendar.Month{Year: p.Month.Year, Month: 1}.Add(n)
			of, wasPublished := latest[month]
			if !wasPublished {
				sum += known.Quantity
				continue
			}
			sum += valueIn(of.Figures, s.Indicator)
			for _, later := range said {
				if later.Position > of.Position {
					sum += adjustedIn(later.Adjustments, month, s.Indicator)
				}
			}
			for _, l := range late {
				if l.Month == month && l.Indicator == s.Indicator {
					sum += l.By
				}
			}
		}
		if by := f.YTD.Quantity - sum; by != 0 {
			all = append(all, finding("year_is_not_its_reports", f, by, "lũy kế khác tổng các tháng đã phát hành cộng các điều chỉnh đã nêu"))
		}
	}
	return all
}

func valueIn(all []period.Figure, indicator string) int64 {
	for _, f := range all {
		if f.Indicator == indicator && f.Value != nil {
			return *f.Value
		}
	}
	return 0
}

func adjustedIn(all []period.Adjustment, m calendar.Month, indicator string) int64 {
	for _, a := range all {
		if a.Month == m && a.Indicator == indicator {
			return a.By
		}
	}
	return 0
}
