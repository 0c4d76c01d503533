package figures

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// Number is a quantity in the smallest unit and how many of those make the unit that people read: 6230 of 100 parts
// is 62.3. The zero Number is unknown: there is nothing to divide by, or nobody stated it.
type Number struct {
	Quantity int64
	Parts    int64 // 0: unknown
}

// Known tells whether there is a number.
func (n Number) Known() bool { return n.Parts > 0 }

// String returns the number in decimal form, without zeros at its end; nothing where it is unknown.
func (n Number) String() string {
	if !n.Known() {
		return ""
	}
	if n.Parts == 1 {
		return strconv.FormatInt(n.Quantity, 10)
	}
	digits := len(strconv.FormatInt(n.Parts-1, 10)) // 100 parts: two digits
	s := big.NewRat(n.Quantity, n.Parts).FloatString(digits)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// MarshalJSON writes a JSON number, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Known() {
		return []byte("null"), nil
	}
	return []byte(n.String()), nil
}

// UnmarshalJSON reads what MarshalJSON writes: the same number, in as few parts as its decimals need.
func (n *Number) UnmarshalJSON(b []byte) error {
	*n = Number{}
	if string(b) == "null" {
		return nil
	}
	whole, decimals, _ := strings.Cut(string(b), ".")
	parts := int64(1)
	for range decimals {
		parts *= 10
	}
	q, err := strconv.ParseInt(whole+decimals, 10, 64)
	if err != nil || len(decimals) > 9 {
		return fmt.Errorf("not a number of a figure: %.20q", b)
	}
	*n = Number{q, parts}
	return nil
}

// In returns the quantity in other parts of the unit: 62.3 in hundredths is 6230. More decimals than these are cut.
func (n Number) In(parts int64) int64 { return n.Quantity * parts / max(n.Parts, 1) }

// divide returns over × parts / under, rounded to whole parts, half of one away from zero. It is unknown where under
// is 0. Amounts of money times a scale do not fit 64 bits, so it works with big numbers.
func divide(over, under, parts int64) Number {
	if under == 0 {
		return Number{}
	}
	n := new(big.Int).Mul(big.NewInt(over), big.NewInt(parts))
	d := big.NewInt(under)
	sign := int64(n.Sign() * d.Sign())
	n.Abs(n).Lsh(n, 1)
	d.Abs(d)
	n.Add(n, d).Quo(n, d.Lsh(d, 1)) // (2n + d) / 2d
	return Number{sign * n.Int64(), parts}
}

// change returns by how many percent a number differs from an earlier one, in hundredths.
func change(now, before Number) Number {
	if !now.Known() || !before.Known() {
		return Number{}
	}
	base := before.Quantity
	if base < 0 {
		base = -base
	}
	return divide((now.Quantity-before.Quantity)*100, base, 100)
}
