package web

import (
	"cmp"
	"slices"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// overdue is how many open cases of a unit are past their term today.
type overdue struct {
	Area  area.Code
	Name  string
	Cases int64
}

// worst is how many units the dashboard has room for.
const worst = 12

// overdue lists the units below one with cases past their term, most first: districts where there are any, else communes. What
// lies under no unit is not listed; the work list has it.
func (a *Ask) overdue(within area.Code, on calendar.Date) ([]overdue, error) {
	counts, err := a.Desk.Overdue(a.Context(), within)
	if err != nil {
		return nil, err
	}
	by := map[area.Code]overdue{}
	for _, c := range counts {
		u, ok := below(within, c.Unit, on, a.today())
		if !ok || c.Overdue == 0 {
			continue
		}
		o := by[u.Code]
		o.Area, o.Name, o.Cases = u.Code, u.Name, o.Cases+c.Overdue
		by[u.Code] = o
	}
	var all []overdue
	for _, o := range by {
		all = append(all, o)
	}
	slices.SortFunc(all, func(x, y overdue) int { return cmp.Or(cmp.Compare(y.Cases, x.Cases), cmp.Compare(x.Area, y.Area)) })
	return all[:min(worst, len(all))], nil
}

// below returns the district that a unit lies in, on the first of some days on which there is such a unit, or the unit itself
// where its district is what is asked about or there is none.
func below(within, code area.Code, on ...calendar.Date) (area.Unit, bool) {
	for _, day := range on {
		u, ok := area.Find(code, day)
		if !ok {
			continue
		}
		if above, has := area.InUse().Above(u); has && above.Level == area.District && above.Code != within {
			return above, true
		}
		return u, true
	}
	return area.Unit{}, false
}
