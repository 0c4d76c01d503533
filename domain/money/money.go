// Package money holds amounts in Vietnamese đồng.
package money

// VND is an amount in đồng, which has no smaller part. Its range is that of int64: nine quintillion.
type VND int64

// Million is the unit in which reports print money.
const Million VND = 1_000_000

// Percent returns p per cent of the amount, half up to the đồng; the amount must not be negative.
func (v VND) Percent(p int64) VND { return (v*VND(p) + 50) / 100 }
