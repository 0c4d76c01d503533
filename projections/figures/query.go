package figures

import (
	"context"
	"database/sql"
	"slices"
	"sync"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/projections"
)

// Reader answers questions about figures. Its methods may be called at once from many goroutines.
type Reader struct {
	catalog *domain.Catalog
	db      *sql.DB
	tx      *sql.Tx // that everything is read in; nil: each answer in one of its own
	names   projections.Names
	reading sync.Mutex
	keeps   map[string]bool // the indicators in the file; nil: not read yet
	memory  remembered
}

// NewReader returns a reader of the file that a runner fills.
func NewReader(catalog *domain.Catalog, db *sql.DB) *Reader { return &Reader{catalog: catalog, db: db} }

// In returns a reader of what a transaction sees, for as long as that lasts: see projections.Runner.Suppose. It is for one
// goroutine.
func (r *Reader) In(tx *sql.Tx) *Reader { return &Reader{catalog: r.catalog, tx: tx} }

// Query asks for figures.
type Query struct {
	Month      calendar.Month
	Calendar   calendar.Calendar // empty: civil months
	Area       area.Code         // and everything below it; empty: everything
	Tree       Tree              // as the units were, or as they are; empty: then
	By         string            // district or commune: divide every figure by the units below the area; empty: do not
	AsOf       domain.Ordinal    // only what the log's first so many events say; 0: all of them
	Indicators []string          // empty: all that are not hidden
}

// Sheet is the answer: the figures of a month.
type Sheet struct {
	Month    calendar.Month    `json:"month"`
	Calendar calendar.Calendar `json:"calendar"`
	From     calendar.Date     `json:"from"`
	To       calendar.Date     `json:"to"`
	Area     area.Code         `json:"area"`
	Unit     area.Unit         `json:"-"`              // the unit that the area's code means; zero: everything
	Tree     Tree              `json:"tree,omitempty"` // only where it is not that of then
	By       string            `json:"by,omitempty"`
	Divided  []Divided         `json:"divided,omitempty"` // what lies only partly in the area and is not counted
	Position domain.Ordinal    `json:"position"`          // the figures say what the log said up to here
	Figures  []Figure          `json:"figures"`
}

// Figure is one indicator's number and what it is compared with.
type Figure struct {
	Indicator string         `json:"indicator"`
	Label     string         `json:"label"`
	Unit      string         `json:"unit"`
	Kind      domain.Measure `json:"kind"`
	Value     Number         `json:"value"`
	YTD       Number         `json:"ytd"`       // from the start of the calendar's year; null for a stock
	LastYear  Number         `json:"last_year"` // the same month of the year before, for a stock its last day
	ChangePct Number         `json:"change_pct"`
	// MonthBefore is the month before under the same calendar, for a stock its last day.
	MonthBefore Number `json:"month_before"`
	MonthPct    Number `json:"month_change_pct"`
	// Plan is the unit's own target of the year, PlanPct how many percent of it are reached: by the year to date, for a
	// stock or a stated value by the value itself.
	Plan      Number `json:"plan"`
	PlanPct   Number `json:"plan_pct"`
	Breakdown []Part `json:"breakdown"`
	// Areas divides the figure by units, where the query asks for that.
	Areas []AreaPart `json:"areas,omitempty"`
}

// Part is a figure divided by a breakdown key. Other stands for what has no value under the key.
type Part struct {
	By    string `json:"by"`
	Key   string `json:"key"`
	Value Number `json:"value"`
	YTD   Number `json:"ytd"`
}

// Other is the key of what a breakdown does not name. It is shown, so that the parts of a sum add up to it.
const Other = "khác"

// Figures returns the figures of a month, in the order of the catalogue, or that of the query where it names them.
func (r *Reader) Figures(ctx context.Context, q Query) (Sheet, error) {
	l, err := r.look(ctx, q)
	if err != nil {
		return Sheet{}, err
	}
	defer l.done()
	indicators, err := r.indicators(q.Indicators)
	if err != nil {
		return Sheet{}, err
	}
	sheet := Sheet{
		Month: q.Month, Calendar: l.calendar, From: l.month.From, To: l.month.To, Area: q.Area, Unit: l.unit, By: q.By,
		Divided: l.divided(), Position: l.position, Figures: make([]Figure, 0, len(indicators)),
	}
	if l.tree != Then {
		sheet.Tree = l.tree
	}
	var units []area.Unit
	if q.By != "" {
		units = l.listed()
	}
	of, known, err := l.remember(q)
	if err != nil {
		return Sheet{}, err
	}
	unread := missing(indicators, known.figures)
	if err := l.readSheet(unread, q.Month); err != nil {
		return Sheet{}, err
	}
	for _, i := range unread {
		f, err := l.figure(i, q.Month)
		if err != nil {
			return Sheet{}, err
		}
		if q.By != "" {
			if f.Areas, err = l.areas(i, q.Month, units, f.Value); err != nil {
				return Sheet{}, err
			}
		}
		known.figures[i.ID] = f
	}
	for _, i := range indicators {
		sheet.Figures = append(sheet.Figures, given(known.figures[i.ID]))
	}
	l.keep(of, known)
	return sheet, nil
}

func (l *look) figure(i domain.Indicator, m calendar.Month) (Figure, error) {
	f := Figure{Indicator: i.ID, Label: i.Label.Vi, Unit: i.Unit, Kind: i.Measure}
	now, err := l.tally(i, l.calendar.Month(m))
	if err != nil {
		return f, err
	}
	before, err := l.whole(i, l.calendar.Month(m.LastYear()))
	if err != nil {
		return f, err
	}
	var year tally
	if i.Measure != domain.Stock {
		if year, err = l.tally(i, l.calendar.YearToDate(m)); err != nil {
			return f, err
		}
		f.YTD = year.value
	}
	previous, err := l.whole(i, l.calendar.Month(m.Add(-1)))
	if err != nil {
		return f, err
	}
	f.Value, f.LastYear, f.MonthBefore = now.value, before, previous
	f.ChangePct, f.MonthPct = change(f.Value, f.LastYear), change(f.Value, f.MonthBefore)
	f.Breakdown = now.parts(i, year)
	return f, l.plan(&f, m.Year)
}

// indicators finds what a query names; without names it is everything that is not hidden.
func (r *Reader) indicators(ids []string) ([]domain.Indicator, error) {
	var found []domain.Indicator
	if len(ids) == 0 {
		for _, t := range r.catalog.Types {
			for _, i := range t.Indicators {
				if !i.Hidden {
					found = append(found, i)
				}
			}
		}
	}
	for _, id := range ids {
		i, err := r.indicator(id)
		if err != nil {
			return nil, err
		}
		found = append(found, i)
	}
	return found, nil
}

func (r *Reader) indicator(id string) (domain.Indicator, error) {
	i, ok := r.catalog.Indicator(id)
	if !ok {
		return i, &domain.Error{Kind: domain.NotFound, Code: "figures.no_such_indicator", Field: "indicator", Msg: "không có chỉ tiêu này trong danh mục"}
	}
	return i, nil
}

// look is one look at the file: all its queries see the same state.
type look struct {
	*Reader
	ctx      context.Context
	tx       *sql.Tx
	calendar calendar.Calendar
	units    *area.Units
	unit     area.Unit // zero: everything
	tree     Tree
	month    calendar.Range // that was asked for
	level    area.Level     // of the units by which figures are divided
	position domain.Ordinal // the last event that counts
	past     bool           // later events are there and do not count
	only     string         // the line of the division by units that counts; empty: all of them
	part     part           // of a breakdown that rows are read of; without a key: all of it
	prepared map[string]*sql.Stmt
	found    map[piecesKey][]piece
	cut      map[piecesKey][]span // of the unit
	lines    map[piecesKey]map[calendar.Range]map[int64]line
	joined   links           // nil: not read yet
	numbers  same            // of those who are counted once; nil: not read yet
	counts   map[string]bool // the indicators that the file keeps
	together together        // sums that were read already
}

// of returns the same look at another unit.
func (l look) of(u area.Unit) *look {
	l.unit, l.cut, l.lines, l.together = u, map[piecesKey][]span{}, nil, nil
	return &l
}

func (r *Reader) look(ctx context.Context, q Query) (_ *look, err error) {
	if q.Calendar == "" {
		q.Calendar = calendar.Civil
	}
	if !slices.Contains([]calendar.Calendar{calendar.Civil, calendar.Fifteenth}, q.Calendar) {
		return nil, domain.Malformed("figures.no_such_calendar", "calendar", "lịch báo cáo chỉ có %q và %q", calendar.Civil, calendar.Fifteenth)
	}
	if q.Month.IsZero() {
		return nil, domain.Malformed("figures.no_month", "month", "thiếu tháng báo cáo")
	}
	l := &look{Reader: r, ctx: ctx, calendar: q.Calendar, units: area.InUse(), tree: q.Tree, position: q.AsOf,
		prepared: map[string]*sql.Stmt{}, found: map[piecesKey][]piece{}, cut: map[piecesKey][]span{},
		lines: map[piecesKey]map[calendar.Range]map[int64]line{}, together: together{}}
	if err := l.locate(q); err != nil {
		return nil, err
	}
	if l.tx = r.tx; l.tx == nil {
		if l.tx, err = r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}); err != nil {
			return nil, err
		}
	}
	defer func() {
		if err != nil {
			l.done()
		}
	}()
	last, err := projections.Last(ctx, l.tx)
	if err != nil {
		return nil, err
	}
	if q.AsOf > last {
		return nil, domain.Malformed("asof.beyond_end", "as_of", "vị trí %d chưa có; vị trí cuối cùng là %d", q.AsOf, last)
	}
	l.past = q.AsOf != 0 && q.AsOf < last
	if q.AsOf == 0 {
		l.position = last
	}
	if l.counts, err = l.inFile(); err != nil {
		return nil, err
	}
	return l, r.names.Refresh(ctx, l.tx)
}

// inFile tells which indicators the file keeps, once read: that of an older generation may not have all of the catalogue.
func (l *look) inFile() (map[string]bool, error) {
	l.reading.Lock()
	defer l.reading.Unlock()
	if l.keeps != nil {
		return l.keeps, nil
	}
	rows, err := l.query("SELECT indicator FROM figures_indicators")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	keeps := map[string]bool{}
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		keeps[id] = true
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	l.keeps = keeps
	return keeps, nil
}

func (l *look) done() {
	if l.Reader.tx == nil {
		_ = l.tx.Rollback()
	}
	for _, s := range l.prepared {
		_ = s.Close()
	}
}
