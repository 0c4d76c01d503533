package person

import (
	"encoding/json"
	"errors"
	"regexp"
	"strings"
	"time"

	"hoso/domain/calendar"
)

// Identity is a personal identity number: twelve digits (NĐ 137/2015, now Luật Căn cước 26/2023), or the nine of the
// older identity card, which stand in many dossiers of 2024. The twelve are AAA G YY RRRRRR: province of birth
// registration, century and sex, year of birth, and a random part; there is no check digit.
type Identity string

var errIdentity = errors.New("số định danh phải có 12 chữ số (hoặc 9 chữ số với CMND cũ)")

// UnmarshalJSON takes digits, with spaces or dots between them, and keeps the digits.
func (i *Identity) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return errIdentity
	}
	s = strings.NewReplacer(" ", "", ".", "").Replace(s)
	if (len(s) != 12 && len(s) != 9) || strings.Trim(s, "0123456789") != "" {
		return errIdentity
	}
	*i = Identity(s)
	return nil
}

// Masked returns the number as lists show it: 020********123.
func (i Identity) Masked() string {
	if len(i) < 6 {
		return strings.Repeat("*", len(i))
	}
	return string(i[:3]) + strings.Repeat("*", len(i)-6) + string(i[len(i)-3:])
}

// Born is a date of birth of which the day, or the day and the month, may be unknown: "1985-02-17", "1985-02", "1928".
type Born string

var born = regexp.MustCompile(`^(18|19|20)\d\d(-\d\d(-\d\d)?)?$`)

// ReadBorn reads a date of birth as it is stored or as people here write it, the day first: "17/02/1985", "2/1985".
func ReadBorn(s string) (Born, error) {
	if day, ok := calendar.WrittenDay(s); ok {
		s = day
	} else if month, ok := calendar.WrittenMonth(s); ok {
		s = month
	}
	if !born.MatchString(s) {
		return "", errors.New("ngày sinh phải có dạng 1985, 02/1985 hoặc 17/02/1985 (hay 1985-02, 1985-02-17)")
	}
	for _, layout := range []string{"2006", "2006-01", time.DateOnly} {
		if len(s) == len(layout) {
			if _, err := time.Parse(layout, s); err != nil {
				return "", errors.New("ngày sinh không có thật")
			}
		}
	}
	return Born(s), nil
}

// UnmarshalJSON implements [json.Unmarshaler] with ReadBorn.
func (v *Born) UnmarshalJSON(b []byte) error {
	var s string
	_ = json.Unmarshal(b, &s) // what is no text is no date
	read, err := ReadBorn(s)
	if err == nil {
		*v = read
	}
	return err
}

// Latest returns the last day that the date of birth may be.
func (v Born) Latest() calendar.Date {
	switch len(v) {
	case 4:
		d, _ := calendar.ParseDate(string(v) + "-12-31")
		return d
	case 7:
		m, _ := calendar.ParseMonth(string(v))
		return m.Last()
	}
	d, _ := calendar.ParseDate(string(v))
	return d
}
