package figures

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/table"
	"hoso/projections"
)

// Reached returns the codes of the units whose figures the events after one position and up to another may change: those that
// acts name, what these became later, and what all of them lie in. After 0 it is every unit that has figures; so it is where
// records were linked, since nobody knows then whose numbers are others.
func (r *Reader) Reached(ctx context.Context, after, until domain.Ordinal) ([]area.Code, error) {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	query, args := "SELECT name FROM names WHERE name LIKE ? || '%'", []any{areaPrefix}
	if after > 0 {
		query = `SELECT name FROM names WHERE name LIKE ? || '%' AND (id IN (SELECT DISTINCT area FROM figures_contributions INDEXED BY figures_recorded WHERE ordinal > ? AND ordinal <= ?)
			OR EXISTS (SELECT 1 FROM figures_links WHERE ordinal > ? AND ordinal <= ?))`
		args = append(args, int64(after), int64(until), int64(after), int64(until))
	}
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	units, reached := area.InUse(), map[area.Code]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		for _, n := range units.Named(area.Code(strings.TrimPrefix(name, areaPrefix)), calendar.Range{From: table.Always, To: table.Forever}) {
			reach(units, n.Unit, reached)
		}
	}
	return slices.Sorted(maps.Keys(reached)), rows.Err()
}

// reach notes a unit, its successors, and what each of them lies in.
func reach(units *area.Units, u area.Unit, reached map[area.Code]bool) {
	for at, ok := u, true; ok; at, ok = units.Above(at) {
		reached[at.Code] = true
	}
	for _, next := range units.Successors(u) {
		reach(units, next, reached)
	}
}

// Basis names what figures are made by, beside the events: how the file's view counts, and the units in use. Where it is another
// one, figures may be others though nothing happened.
func (r *Reader) Basis(ctx context.Context) (string, error) {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback() }()
	version, err := projections.VersionOf(ctx, tx, View{}.Name())
	if err != nil {
		return "", err
	}
	h, units := sha256.New(), area.InUse()
	fmt.Fprintln(h, version)
	for _, code := range units.Codes() {
		for _, n := range units.Named(code, calendar.Range{From: table.Always, To: table.Forever}) {
			fmt.Fprintln(h, n, units.Successors(n.Unit))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8]), nil
}
