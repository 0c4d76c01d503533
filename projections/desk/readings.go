package desk

import (
	"context"

	"hoso/domain"
	"hoso/domain/right"
)

// Readings returns who saw whose personal data, for who may audit everything. That somebody was looked at for a case of a
// type whose data is sensitive says something about the person: of such types, which the caller's right does not name, the
// reading is shown and the case is not.
func (d *Desk) Readings(ctx context.Context, s AccessSearch) (AccessPage, error) {
	if err := may(ctx, right.Audit, right.Target{CaseType: s.Case.Type}); err != nil {
		return AccessPage{}, err
	}
	page, err := d.Access.Find(ctx, s)
	if err != nil {
		return AccessPage{}, err
	}
	for i, r := range page.Readings {
		if may(ctx, right.Audit, right.Target{CaseType: r.Case.Type}) != nil {
			page.Readings[i].Case = domain.StreamID{}
		}
	}
	return page, nil
}
