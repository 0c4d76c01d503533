package intake

import (
	"errors"
	"reflect"
	"strings"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

var areaType = reflect.TypeFor[area.Code]()

// place turns the name of a unit into its code, by what the name meant on the line's day. A code, and whatever is not
// text, stays as it is for the decoder to judge. A name that several units bear is refused, with their names and codes:
// they are public.
func place(field string, value any, on calendar.Date) (any, error) {
	name, ok := value.(string)
	if !ok || strings.Trim(name, "0123456789 ") == "" {
		return value, nil
	}
	u, err := area.Resolve(name, "", on)
	var wrong *area.Unresolved
	if errors.As(err, &wrong) {
		return nil, &domain.Error{Kind: domain.Invalid, Code: wrong.Code(), Field: field, Msg: wrong.Error(), En: wrong.English()}
	}
	return string(u.Code), err
}

// day is the day by which a line's names are read: its own, or today where it states none, or none that is a day.
func (p *Parser) day(o object) calendar.Date {
	s, _ := o["occurred"].(string)
	if d, err := calendar.ParseDate(s); err == nil {
		return d
	}
	return calendar.On(p.clock())
}
