package report

import (
	"strconv"
	"strings"
)

// Number writes a whole number as official documents do: 1485 as 1.485.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "." + s[i:]
	}
	return sign + s
}

// Scaled writes a quantity that is stored in parts of a unit: 6230 in hundredths as 62,3. Zeros at the end are left
// out.
func Scaled(n, parts int64) string {
	if parts <= 1 {
		return Number(n)
	}
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	fraction := strconv.FormatInt(parts+n%parts, 10)[1:] // the leading 1 keeps the zeros
	fraction = strings.TrimRight(fraction, "0")
	if fraction == "" {
		return sign + Number(n/parts)
	}
	return sign + Number(n/parts) + "," + fraction
}

// Million writes an amount in đồng in millions with at most one decimal, half up: 8510800000 as 8.510,8.
func Million(vnd int64) string {
	sign := ""
	if vnd < 0 {
		sign, vnd = "-", -vnd
	}
	return sign + Scaled((vnd+50_000)/100_000, 10)
}

// Percent writes hundredths of a per cent with two decimals: 5772 as 57,72%.
func Percent(hundredths int64) string {
	sign := ""
	if hundredths < 0 {
		sign, hundredths = "-", -hundredths
	}
	return sign + Number(hundredths/100) + "," + strconv.FormatInt(100+hundredths%100, 10)[1:] + "%"
}

// Counted writes a number before a noun; 1 to 9 get a leading zero, as is the habit of official documents ("02 phiên").
func Counted(n int64) string {
	if n > 0 && n < 10 {
		return "0" + strconv.FormatInt(n, 10)
	}
	return Number(n)
}

// Quantity writes a value with its unit: money in millions of đồng, counts with their noun.
func Quantity(n int64, unit string, parts int64) string {
	switch {
	case unit == "VND":
		return Million(n) + " triệu đồng"
	case unit == "%":
		return Scaled(n, parts) + "%"
	case parts > 1:
		return Scaled(n, parts) + " " + unit
	}
	return Counted(n) + " " + unit
}
