package worklist

import (
	"context"

	"hoso/projections"
)

// Fill implements projections.Filled: who is in which case, the counts and the indexes of lists follow from the rows of cases.
// Only what is open has work, and only that is in the indexes by which work is listed.
func (View) Fill(ctx context.Context, tx *projections.Tx) error {
	return tx.Run(ctx,
		`CREATE INDEX worklist_by_type ON worklist_cases (case_type, id)`,
		`CREATE INDEX worklist_by_unit ON worklist_cases (unit, id)`,
		`CREATE INDEX worklist_due ON worklist_cases (next, id, case_type, unit, step, assigned) WHERE open = 1`,
		`CREATE INDEX worklist_due_by_unit ON worklist_cases (unit, case_type, next, id, step, assigned) WHERE open = 1`,
		`CREATE INDEX worklist_due_by_type ON worklist_cases (case_type, step, next, id, unit, assigned) WHERE open = 1`,
		`CREATE INDEX worklist_due_by_account ON worklist_cases (assigned, next, id, case_type, unit, step) WHERE open = 1`,
		`INSERT INTO worklist_days SELECT next, unit, case_type, step, assigned IN (SELECT id FROM names WHERE name = '') AS free, count(*)
			FROM worklist_cases WHERE open = 1 GROUP BY next, unit, case_type, step, free`,
		`INSERT INTO worklist_months SELECT day / 100 AS month, unit, case_type, step, free, sum(cases)
			FROM worklist_days GROUP BY month, unit, case_type, step, free`,
		// The first person of each case, then the others of those few that have several.
		`INSERT INTO worklist_persons
			WITH several AS MATERIALIZED (SELECT id, persons FROM worklist_cases WHERE length(persons) > 16),
			place(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM place WHERE n < (SELECT max(length(persons)) / 16 FROM several))
			SELECT substr(persons, 1, 16) AS person, id FROM worklist_cases WHERE length(persons) > 0
			UNION ALL SELECT substr(persons, 16 * n + 1, 16), id FROM place JOIN several ON length(persons) > 16 * n
			ORDER BY person, id`)
}
