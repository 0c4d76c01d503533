package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"text/tabwriter"

	"hoso/domain"
	"hoso/domain/period"
	"hoso/projections/recount"
	"hoso/projections/report"
)

// foretell prints which figures of published months would be others after these events, as they would be known then: the
// reports themselves stay what they are. It prints nothing where nothing was published.
func (a *app) foretell(ctx context.Context, e *env, events []domain.Recorded) error {
	all, err := a.periods.All(ctx, 0)
	if err != nil || len(all) == 0 || len(events) == 0 {
		return err
	}
	all = recount.Latest(all)
	before := make([][]period.Figure, len(all))
	for n, p := range all {
		if before[n], err = recount.Figures(ctx, a.figures, p, 0); err != nil {
			return err
		}
	}
	t, found := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0), 0
	err = a.runner.Suppose(ctx, events, func(ctx context.Context, tx *sql.Tx) error {
		supposed := a.figures.In(tx)
		for n, p := range all {
			after, err := recount.Figures(ctx, supposed, p, 0)
			if err != nil {
				return err
			}
			for _, d := range recount.Compare(before[n], after) {
				if found++; found == 1 {
					fmt.Fprintln(t, "Tháng\tBáo cáo số\tChỉ tiêu\tĐã phát hành\tĐang là\tSẽ là")
				}
				fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", p.Month.Vietnamese(), p.Number, a.figureLabel(d),
					a.counted(d.Indicator, published(p.Figures, d)), a.counted(d.Indicator, d.Was), a.counted(d.Indicator, d.Is))
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return err
	case found == 0:
		fmt.Fprintln(e.out, "Không số liệu nào của các tháng đã phát hành sẽ khác.")
		return nil
	}
	fmt.Fprintln(e.out, "Số liệu của các tháng đã phát hành sẽ khác (báo cáo đã phát hành vẫn giữ nguyên):")
	return t.Flush()
}

// published finds the number of a report that a difference is about.
func published(all []period.Figure, d recount.Difference) *int64 {
	for _, f := range all {
		if f.Indicator == d.Indicator {
			if d.YTD {
				return f.YTD
			}
			return f.Value
		}
	}
	return nil
}

func (a *app) figureLabel(d recount.Difference) string {
	i, ok := a.catalog.Indicator(d.Indicator)
	label := i.Label.Vi
	if !ok {
		label = d.Indicator
	}
	if d.YTD {
		label += ", lũy kế"
	}
	return label
}

// counted is a number of an indicator with its unit, not rounded: a difference of one đồng is one.
func (a *app) counted(indicator string, quantity *int64) string {
	i, _ := a.catalog.Indicator(indicator)
	if quantity == nil {
		return "chưa có số liệu"
	}
	unit := i.Unit
	if unit == "VND" {
		unit = "đồng"
	}
	return strings.TrimSpace(report.Scaled(*quantity, i.Parts()) + " " + unit)
}
