package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// read is who saw whose personal data in full, the latest first. People are named by their ids alone.
type read struct {
	Account, Person, Since, Until string
	desk.AccessPage
}

func readings(a *Ask) (any, error) {
	if a.Desk.Access == nil {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "access.none", Msg: "ở đây không có sổ ghi lượt xem dữ liệu cá nhân", En: "no log of readings is kept here"}
	}
	v := a.URL.Query()
	r := read{Account: v.Get("account"), Person: v.Get("person"), Since: v.Get("since"), Until: v.Get("until")}
	s := desk.AccessSearch{Account: r.Account, Limit: listedOnPage}
	if r.Person != "" {
		id, err := uuid.Parse(r.Person)
		if err != nil {
			return nil, domain.Malformed("data.ill_typed", "person", "cần mã của người, không phải số định danh hay họ tên")
		}
		s.Person = domain.PersonID{UUID: id}
	}
	for _, day := range []struct {
		said string
		to   *time.Time
		add  int
	}{{r.Since, &s.Since, 0}, {r.Until, &s.Until, 1}} {
		if day.said == "" {
			continue
		}
		d, err := calendar.ParseDate(day.said)
		if err != nil {
			return nil, domain.Malformed("data.ill_typed", "since", "cần ngày có thật dạng YYYY-MM-DD")
		}
		d = d.AddDays(day.add)
		*day.to = time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, calendar.Zone)
	}
	if n, err := strconv.ParseUint(v.Get("before"), 10, 64); err == nil {
		s.Before = n
	}
	var err error
	r.AccessPage, err = a.Desk.Readings(a.Context(), s)
	return r, err
}

// More is the address at which the list goes on.
func (r read) More() string {
	v := url.Values{"before": {fmt.Sprint(r.Next)}}
	for name, value := range map[string]string{"account": r.Account, "person": r.Person, "since": r.Since, "until": r.Until} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/kiem-tra/ai-doc?" + v.Encode()
}

// RoleName is what people call the role that allowed a reading.
func (r read) RoleName(role string) domain.Text {
	if known := right.Role(role); known.Known() {
		return known.Label()
	}
	return domain.Text{Vi: role}
}
