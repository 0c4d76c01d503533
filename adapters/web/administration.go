package web

import (
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections"
	"hoso/projections/access"
	"hoso/projections/seal"
)

// Health is how the views and the storage are.
type Health struct {
	projections.Health
	Storage           error  // why nothing can be written; nil: it can
	Rebuilding        bool   // the generation of views that this program makes does not answer yet
	Building          string // the name of that generation
	projections.Built        // of the generation that answers
}

// administered is how the service is, with the ways to what is administered.
type administered struct {
	Health
	Seal    *seal.State    // nil: nothing seals here
	Reading domain.Ordinal // answers say what the log said up to here
	Audits  bool           // the caller may look into the audit, too
}

func administration(a *Ask) (any, error) {
	if err := access.Oversees(a.Context()); err != nil {
		return nil, err
	}
	p := administered{Health: a.Health(a.Context()), Audits: len(a.somewhere(right.Audit)) > 0}
	var err error
	if p.Reading, err = a.Desk.Position(); err != nil {
		return nil, err
	}
	if a.Seals != nil {
		s, err := a.Seals.State(a.Context())
		if err != nil {
			return nil, err
		}
		p.Seal = &s
	}
	return p, nil
}

// viewNames are what people call the views.
var viewNames = map[string]text{
	"amendments": {"Đề nghị sửa, hủy", "Amendments asked for"}, "cases": {"Danh sách của hệ thống", "The program’s own lists"}, "documents": {"Tài liệu", "Documents"}, "figures": {"Số liệu", "Figures"}, "people": {"Người", "People"},
	"retention": {"Thời hạn lưu hồ sơ", "Retention"}, "seal": {"Niêm phong", "Seal"}, "search": {"Tìm kiếm", "Search"}, "worklist": {"Công việc", "Work"},
}

// Called is what people call a view in a language; nothing where it has no such name.
func (Health) Called(view string, l Lang) string { return viewNames[view].In(l) }

// Lag is how far the views are behind the log, in places of the log.
func (h Health) Lag() uint64 {
	if h.Head > h.Cursor {
		return uint64(h.Head - h.Cursor)
	}
	return 0
}

// Fault is what is wrong with the views, for people; nil: nothing.
func (h Health) Fault() error {
	if h.Against != nil {
		return h.Against
	}
	if h.Err != nil {
		return h.Err
	}
	return h.Log
}
