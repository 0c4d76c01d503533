package web

import (
	"database/sql"

	"hoso/domain"
	"hoso/projections"
	"hoso/projections/seal"
)

// Health is how the views and the storage are.
type Health struct {
	projections.Health
	Storage    error  // why nothing can be written; nil: it can
	Rebuilding bool   // the generation of views that this program makes does not answer yet
	Building   string // the name of that generation
}

// administered is how the service is, with the ways to what is administered.
type administered struct {
	Health
	Seal    *seal.State    // nil: nothing seals here
	Reading domain.Ordinal // answers say what the log said up to here
	Views   []builtView
	Taken   domain.Ordinal // since when the generation that answers does so; 0: not taken
	Audits  bool           // the caller may look into the audit, too
}

// builtView is a view of the generation that answers.
type builtView struct{ Name, Version string }

// oversees lets who administers or audits anything look at what is administered. What they change is asked for again where
// it is changed.
func (a *Ask) oversees() error {
	if len(a.Who.Units(Administer)) > 0 || len(a.Who.Units(Audit)) > 0 {
		return nil
	}
	return a.Who.May(Administer, "", "")
}

func administration(a *Ask) (any, error) {
	if err := a.oversees(); err != nil {
		return nil, err
	}
	p := administered{Health: a.Health(a.Context()), Reading: a.Views.At(), Audits: len(a.Who.Units(Audit)) > 0}
	if a.Views.Seals != nil {
		s, err := a.Views.Seals.State(a.Context())
		if err != nil {
			return nil, err
		}
		p.Seal = &s
	}
	tx, err := a.Views.DB.BeginTx(a.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := tx.QueryRowContext(a.Context(), `SELECT coalesce(max(ordinal), 0) FROM taken`).Scan(&p.Taken); err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(a.Context(), `SELECT view, version FROM generation ORDER BY view`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var v builtView
		if err := rows.Scan(&v.Name, &v.Version); err != nil {
			return nil, err
		}
		p.Views = append(p.Views, v)
	}
	return p, rows.Err()
}

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
