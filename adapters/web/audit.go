package web

import (
	"context"
	"strconv"
	"sync"
	"time"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/seal"
)

// audited is where an auditor begins.
type audited struct {
	Seal    *seal.State // nil: nothing seals here
	Keys    []string    // public; what the page shows proves nothing by itself, it is to be kept elsewhere
	Check   checked
	Can     bool // the log can be verified from here
	Read    bool // readings of personal data are kept here
	Reports []periods.Published
	Types   []domain.CaseType
}

func audit(a *Ask) (any, error) {
	p := audited{Check: a.verification.state(), Can: a.Verify != nil && a.May(right.Audit, "", "") == nil, Types: a.Catalog.Types, Read: a.Desk.Access != nil}
	if a.Seals != nil {
		s, err := a.Seals.State(a.Context())
		if err != nil {
			return nil, err
		}
		p.Seal = &s
	}
	if a.PublicKeys != nil {
		var err error
		if p.Keys, err = a.PublicKeys(a.Context()); err != nil {
			return nil, err
		}
	}
	var err error
	p.Reports, err = a.Desk.Publications(a.Context())
	if domain.KindOf(err) == domain.Forbidden { // reports are not of the case types that are audited
		return p, nil
	}
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
	if err := a.May(right.Audit, "", ""); err != nil {
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
	id, err := a.caseOf()
	if err != nil {
		return nil, err
	}
	events, err := a.Desk.Recorded(a.Context(), id)
	if err != nil {
		return nil, err
	}
	if a.Seals == nil {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "seal.none", Msg: "nhật ký ở đây không được niêm phong"}
	}
	b, err := a.Seals.Prove(a.Context(), seal.Bundle{Case: id}, events)
	if err != nil {
		return nil, err
	}
	content, err := b.Write()
	return file{"chung-minh-" + id.String() + ".json", "application/json", content}, err
}

// caseOf is the case that the address names. One that is written wrong is one that is not there.
func (a *Ask) caseOf() (domain.StreamID, error) {
	id, err := domain.ParseStreamID(a.PathValue("case"))
	if err != nil {
		return id, &domain.Error{Kind: domain.NotFound, Code: "web.no_such_case", Msg: "địa chỉ này không phải của một hồ sơ", En: "this is not the address of a case"}
	}
	return id, nil
}

// recounted is a published report beside a new count of everything that it said.
type recounted struct {
	question
	desk.Recounted
	catalog *domain.Catalog
}

func recountReport(a *Ask) (any, error) {
	q, err := a.question()
	if err != nil {
		return nil, err
	}
	r := recounted{question: q, catalog: a.Catalog}
	issue, _ := strconv.Atoi(a.FormValue("issue")) // 0, also where it is none: the latest
	r.Recounted, err = a.Desk.Recount(a.Context(), q.Spec, issue, q.asks())
	return r, err
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
