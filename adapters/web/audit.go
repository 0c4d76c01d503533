package web

import (
	"context"
	"database/sql"
	"slices"
	"sync"
	"time"

	"hoso/domain"
	"hoso/projections"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/recount"
	"hoso/projections/report"
	"hoso/projections/seal"
)

// audited is where an auditor begins.
type audited struct {
	Seal    *seal.State // nil: nothing seals here
	Check   checked
	Can     bool // the log can be verified from here
	Read    bool // readings of personal data are kept here
	Reports []periods.Published
	Types   []domain.CaseType
}

func audit(a *Ask) (any, error) {
	p := audited{Check: a.verification.state(), Can: a.Verify != nil && a.May(Audit, "", "") == nil, Types: a.Catalog.Types, Read: a.Readings != nil}
	if a.Views.Seals != nil {
		s, err := a.Views.Seals.State(a.Context())
		if err != nil {
			return nil, err
		}
		p.Seal = &s
	}
	var err error
	p.Reports, err = a.Views.Periods.All(a.Context(), 0)
	p.Reports = slices.DeleteFunc(p.Reports, func(r periods.Published) bool { return a.May(Audit, periods.CaseType, r.Series.Area) != nil })
	return p, err
}

// check is a verification of the log, one at a time.
type check struct {
	mu  sync.Mutex
	now checked
}

// checked is how far a verification is, or what it found.
type checked struct {
	Running bool
	At, To  domain.Cursor
	Began   time.Time
	Ended   time.Time
	Verdict *seal.Verdict
	Err     error
}

func (c *check) state() checked {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *check) note(do func(*checked)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	do(&c.now)
}

// beginVerifying has the log verified, unless that is being done.
func beginVerifying(a *Ask) (string, error) {
	if err := a.May(Audit, "", ""); err != nil {
		return "", err
	}
	if a.Verify == nil {
		return "", &domain.Error{Kind: domain.NotFound, Code: "web.no_verification", Msg: "ở đây không đối chiếu được nhật ký; hãy chạy hoso verify"}
	}
	begin := false
	a.verification.note(func(c *checked) {
		if begin = !c.Running; begin {
			*c = checked{Running: true, Began: a.Clock()}
		}
	})
	if !begin {
		return "/kiem-tra#niem-phong", nil
	}
	return "/kiem-tra#niem-phong", a.verify(a.Context())
}

func (s *Site) verify(ctx context.Context) error {
	var v seal.Verdict
	ended := func(err error) {
		if err != nil {
			s.Log.Error("verify", "error", err.Error())
		}
		s.verification.note(func(c *checked) { c.Running, c.Ended, c.Verdict, c.Err = false, s.Clock(), &v, err })
	}
	err := s.begin(ctx, func(ctx context.Context) (err error) {
		v, err = s.Verify(ctx, func(at, to domain.Cursor) { s.verification.note(func(c *checked) { c.At, c.To = at, to }) })
		return err
	}, ended)
	if err != nil {
		ended(err)
	}
	return err
}

// Percent is how far the reading is.
func (c checked) Percent() int {
	if c.To == 0 {
		return 0
	}
	return int(c.At * 100 / c.To)
}

// proof is the bundle that proves the events of a case.
func proof(a *Ask) (any, error) {
	id, err := a.auditedCase()
	if err != nil {
		return nil, err
	}
	if a.Views.Seals == nil || a.Ledger == nil {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "seal.none", Msg: "nhật ký ở đây không được niêm phong"}
	}
	events, err := a.recorded(id)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này"}
	}
	b, err := a.Views.Seals.Prove(a.Context(), seal.Bundle{Case: id}, events)
	if err != nil {
		return nil, err
	}
	content, err := b.Write()
	return file{"chung-minh-" + id.String() + ".json", "application/json", content}, err
}

// auditedCase is the case of the address, where the caller may audit it.
func (a *Ask) auditedCase() (domain.StreamID, error) {
	missing := &domain.Error{Kind: domain.NotFound, Code: "case.not_found", Msg: "không có hồ sơ này", En: "there is no such case"}
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return id, missing
	}
	if _, known := a.Catalog.Type(id.Type); !known {
		return id, missing
	}
	unit, exists, err := a.Unit(a.Context(), id)
	if err == nil {
		err = a.May(Audit, id.Type, unit)
	}
	if err == nil && !exists {
		err = missing
	}
	return id, err
}

// recorded reads the events of a case as they lie in the log, by position.
func (a *Ask) recorded(id domain.StreamID) (map[domain.Ordinal]domain.Recorded, error) {
	tx, err := a.Views.DB.BeginTx(a.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	events := map[domain.Ordinal]domain.Recorded{}
	for r, err := range a.Ledger.Read(a.Context(), id, 0) {
		if err != nil {
			return nil, err
		}
		at, err := projections.OrdinalOf(a.Context(), tx, r.Position)
		if err != nil {
			return nil, err
		}
		events[at] = r
	}
	return events, nil
}

// recounted is a published report beside a new count of everything that it said.
type recounted struct {
	question
	Report      *periods.Published // nil: nothing was published
	Counted     int
	Differences []recount.Difference
	Since       []recount.Difference // what is known now
	Whole       bool                 // its content is the one that was signed
	Same        bool                 // built again it says the same, to the letter
	catalog     *domain.Catalog
}

func recountReport(a *Ask) (any, error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	if err := a.May(Audit, periods.CaseType, q.Area); err != nil {
		return nil, err
	}
	r := recounted{question: q, catalog: a.Catalog}
	spec, err := a.Specs.Find(q.Spec, q.Month)
	if err != nil {
		return nil, err
	}
	s, err := a.standing(spec, q.Query)
	if err != nil {
		return nil, err
	}
	if r.Report, err = (paper{Closing: s}).issue(a.FormValue("issue")); err != nil || r.Report == nil {
		return r, err
	}
	counted, err := recount.Figures(a.Context(), a.Views.Figures, *r.Report, r.Report.Position)
	if err != nil {
		return nil, err
	}
	now, err := recount.Figures(a.Context(), a.Views.Figures, *r.Report, 0)
	if err != nil {
		return nil, err
	}
	r.Counted, r.Differences, r.Since = len(r.Report.Figures), recount.Compare(r.Report.Figures, counted), recount.Compare(counted, now)
	said, err := report.Thaw(r.Report.Publication)
	r.Whole = err == nil
	query := q.Query
	query.AsOf = r.Report.Position
	again, err := report.Build(a.Context(), a.Catalog, spec, a.Views.cited(), query)
	if err != nil {
		return nil, err
	}
	again.Paper = said.Paper
	r.Same = r.Whole && report.Prints(again, r.Report.Publication)
	return r, nil
}

// LabelOf names an indicator.
func (r recounted) LabelOf(id string) domain.Text {
	i, _ := r.catalog.Indicator(id)
	return i.Label
}

// Value writes a number of a difference.
func (r recounted) Value(id string, n *int64) string {
	i, _ := r.catalog.Indicator(id)
	if n == nil {
		return "–"
	}
	return figure(figures.Number{Quantity: *n, Parts: i.Parts()}, i.Unit)
}
