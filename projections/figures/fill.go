package figures

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"hoso/domain"
	"hoso/projections"
)

// halfOfOccurred is halfOf in SQL.
const halfOfOccurred = "occurred - occurred % 100 + CASE WHEN occurred % 100 < 15 THEN 1 ELSE 15 END"

// Fill implements projections.Filled: indexes, sums and who is odd follow from the contributions.
func (v View) Fill(ctx context.Context, tx *projections.Tx) error {
	err := tx.Run(ctx,
		`CREATE INDEX figures_stays ON figures_contributions (indicator, person, occurred, area, quantity) WHERE typeof(person) = 'blob'`,
		`CREATE INDEX figures_recorded ON figures_contributions (ordinal)`,
		`INSERT INTO figures_sums SELECT indicator, area, half, breakdown, sum(quantity) AS total
			FROM (SELECT indicator, area, `+halfOfOccurred+` AS half, breakdown, quantity FROM figures_contributions
				WHERE indicator IN (SELECT id FROM names WHERE name IN ('`+strings.Join(v.measured(summed), "', '")+`')))
			GROUP BY indicator, area, half, breakdown HAVING total <> 0`,
		`INSERT INTO figures_sums SELECT indicator, 0, half, breakdown, sum(quantity) AS total
			FROM figures_sums GROUP BY indicator, half, breakdown HAVING total <> 0`)
	if err != nil {
		return err
	}
	for _, id := range v.measured(func(m domain.Measure) bool { return m == domain.Stock }) {
		if err := noteAll(ctx, tx, id); err != nil {
			return err
		}
	}
	return nil
}

// measured returns the indicators of some measures. An id is letters, digits, points and underscores.
func (v View) measured(by func(domain.Measure) bool) (ids []string) {
	for _, t := range v.catalog.Types {
		for _, i := range t.Indicators {
			if by(i.Measure) {
				ids = append(ids, i.ID)
			}
		}
	}
	return ids
}

// noteAll notes everybody who is odd in a stock.
func noteAll(ctx context.Context, tx *projections.Tx, indicator string) error {
	id, err := tx.Name(ctx, indicator)
	if err != nil {
		return err
	}
	var odd []any
	err = tx.Read(ctx, "SELECT c.person, c.occurred, c.quantity FROM "+ofPerson+" WHERE c.indicator = ?"+named+" ORDER BY c.person, c.occurred",
		[]any{id}, func(rows *sql.Rows) error {
			return stays(rows, func(person []byte, s stay) {
				if s.odd() {
					odd = append(odd, id, slices.Clone(person))
				}
			})
		})
	if err != nil {
		return err
	}
	return noteOdd(ctx, tx, odd)
}
