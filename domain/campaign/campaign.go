// Package campaign names campaigns: what is given out for one occasion and counted under its name, whatever the months
// in which that happens (rice for Tết, gifts for 27 July).
package campaign

import (
	"errors"
	"strconv"
	"strings"

	"hoso/domain/calendar"
)

// Code names a campaign by its occasion and year, such as tet-2024 or giap-hat-2024: small letters without accents,
// digits, "-", "_" and ".", so that it can stand in a breakdown.
type Code string

// UnmarshalText reads a code and refuses other signs.
func (c *Code) UnmarshalText(b []byte) error {
	if strings.Trim(string(b), "abcdefghijklmnopqrstuvwxyz0123456789-_.") != "" || len(b) > 40 {
		return errors.New("mã đợt chỉ gồm chữ thường không dấu, chữ số, gạch nối, gạch dưới và dấu chấm, nhiều nhất 40 ký tự")
	}
	*c = Code(b)
	return nil
}

// Occasion returns the code without its year.
func (c Code) Occasion() string {
	occasion, _ := c.split()
	return occasion
}

// Days returns the days in which a campaign is carried out where nobody says it more exactly; false for a code without
// a year. Tết falls between 21 January and 20 February, the gap between harvests (giáp hạt) in spring; 27 July is the day of
// war invalids and martyrs.
func (c Code) Days() (calendar.Range, bool) {
	occasion, year := c.split()
	if year == 0 {
		return calendar.Range{}, false
	}
	first, last := 1, 12
	switch occasion {
	case "tet":
		last = 2
	case "giap-hat":
		first, last = 3, 4
	case "27-7":
		first, last = 7, 7
	}
	months := func(n int) calendar.Month { return calendar.Month{Year: year, Month: 1}.Add(n - 1) }
	return calendar.Range{From: months(first).First(), To: months(last).Last()}, true
}

func (c Code) split() (occasion string, year int) {
	i := strings.LastIndexByte(string(c), '-')
	if len(c)-i-1 != 4 {
		return string(c), 0
	}
	n, err := strconv.Atoi(string(c[i+1:]))
	if err != nil || n < 1900 || n > 2999 {
		return string(c), 0
	}
	return string(c[:max(i, 0)]), n
}
