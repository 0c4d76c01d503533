package main

import (
	"context"
	"database/sql"
	"fmt"

	"hoso/domain"
	"hoso/projections/access"
	"hoso/projections/amendments"
	"hoso/projections/cases"
	"hoso/projections/figures"
	"hoso/projections/history"
	"hoso/projections/periods"
	"hoso/projections/recount"
	"hoso/projections/register"
	"hoso/projections/report"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

// readers read one file of views.
type readers struct {
	views    *sql.DB
	at       func() domain.Ordinal // answers say what the log said up to here
	figures  *figures.Reader
	history  *history.Reader
	register *register.Reader
	periods  *periods.Reader
	worklist *worklist.Reader
	search   *search.Reader
	access   *access.Reader
	amended  *amendments.Reader
}

func (a *app) over(db *sql.DB, at func() domain.Ordinal) readers {
	h, work := history.NewReader(a.handler, db), worklist.NewReader(a.catalog, db)
	whole := cases.NewReader(h, db)
	return readers{db, at, figures.NewReader(a.catalog, db), h, register.NewReader(whole), periods.NewReader(whole),
		work, search.NewReader(a.catalog, a.catalog.Codec(a.keys), db, a.names, work), access.NewReader(h, whole), amendments.NewReader(db)}
}

// older is the generation of views that was there before this program's, where its readers can read that: it answers until
// the new one was taken. It stands still.
type older struct {
	readers
	leave func() // reads under way come to their end, and then nothing is open any more
}

// reading returns what answers now.
func (a *app) reading() (readers, error) {
	err := a.runner.Ready()
	switch {
	case err == nil:
		return a.readers, nil
	case a.older != nil:
		return a.older.readers, nil
	}
	return readers{}, err
}

// told is how many contradictions are printed.
const told = 20

// compare counts the published months anew, before a generation of views is taken, and prints where that contradicts what was
// published.
func (a *app) compare(ctx context.Context) error {
	all, err := recount.Check(ctx, a.periods, a.figures)
	if err != nil {
		return fmt.Errorf("compare with what was published: %w", err)
	}
	if len(all) == 0 {
		if a.older != nil {
			a.older.leave()
		}
		return nil
	}
	for n, c := range all {
		if n == told {
			a.warn(fmt.Sprintf("… và %s chỗ khác nữa [views.contradict]", report.Number(int64(len(all)-told))))
			break
		}
		a.warn(fmt.Sprintf("báo cáo %s tháng %s, %s: đã phát hành %s, chương trình này đếm được %s [views.contradict]", c.Report.Number,
			c.Report.Month.Vietnamese(), a.figureLabel(c.Difference), a.counted(c.Indicator, c.Was), a.counted(c.Indicator, c.Is)))
	}
	first := all[0]
	return &domain.Error{Kind: domain.Unavailable, Code: "views.contradict", Msg: fmt.Sprintf(
		"số liệu dựng lại trái với báo cáo đã phát hành ở %s chỗ, như báo cáo %s tháng %s, %s: %s thay vì %s; hãy dùng lại chương trình trước, hoặc phát hành lại các tháng đó",
		report.Number(int64(len(all))), first.Report.Number, first.Report.Month.Vietnamese(), a.figureLabel(first.Difference),
		a.counted(first.Indicator, first.Is), a.counted(first.Indicator, first.Was))}
}
