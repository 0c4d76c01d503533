// Package register reads the register of documents and plans: what was issued, and what is planned for a month.
//
// It keeps nothing of its own: the cases are listed by the view of package cases, and what they say is their replay.
package register

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/register"
	"hoso/projections/cases"
)

// CaseType is the case type of the register, for the view of package cases.
const CaseType = "register"

// Document is an issued document.
type Document struct {
	Case    domain.StreamID `json:"case"`
	Number  string          `json:"number"`
	Issued  calendar.Date   `json:"issued"`
	Kind    string          `json:"kind"`
	Issuer  string          `json:"issuer"`
	Subject string          `json:"subject"`
}

// Work is something that is planned and not done yet.
type Work struct {
	Case domain.StreamID `json:"case"`
	What string          `json:"what"`
}

// Query asks for a part of the register.
type Query struct {
	Area   area.Code      // and everything below it; empty: everything
	AsOf   domain.Ordinal // 0: all that is known
	Issued calendar.Range // the documents of these days
	Month  calendar.Month // the works of this month
}

// Register is the answer: documents by day and number, works in the order of planning.
type Register struct {
	Documents []Document
	Works     []Work
}

// Reader reads the register. Its methods may be called at once from many goroutines.
type Reader struct{ cases *cases.Reader }

// NewReader returns a reader over the histories of cases.
func NewReader(c *cases.Reader) *Reader { return &Reader{c} }

// Register answers a query.
func (r *Reader) Register(ctx context.Context, q Query) (all Register, err error) {
	histories, err := r.cases.Histories(ctx, CaseType, q.AsOf)
	if err != nil {
		return all, err
	}
	for _, h := range histories {
		var s register.State
		if err := json.Unmarshal(h.State, &s); err != nil {
			return all, fmt.Errorf("read the register: %s: %w", h.Case, err)
		}
		switch {
		case s.Status == register.StatusIssued && q.Issued.Has(s.Since) && lies(s.Document.Area, q.Area, s.Since):
			all.Documents = append(all.Documents, Document{h.Case, string(s.Number), s.Since, s.Document.Kind, s.Document.Issuer, s.Document.Subject})
		case s.Status == register.StatusPlanned && s.Work.Month == q.Month && lies(s.Work.Area, q.Area, s.Since):
			all.Works = append(all.Works, Work{h.Case, s.Work.What})
		}
	}
	slices.SortStableFunc(all.Documents, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Issued, b.Issued), cmp.Compare(a.Number, b.Number))
	})
	return all, nil
}

// lies tells whether a unit is another one or lies in it on a day.
func lies(code, in area.Code, on calendar.Date) bool {
	if in == "" || code == in {
		return true
	}
	u, ok := area.Find(code, on)
	of, known := area.Find(in, on)
	return ok && known && area.InUse().Inside(u, of)
}
