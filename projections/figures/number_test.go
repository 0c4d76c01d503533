package figures

import "testing"

func TestNumbersAreWrittenInTheirUnit(t *testing.T) {
	t.Parallel()
	for n, want := range map[Number]string{
		{6230, 100}: "62.3", {6200, 100}: "62", {-5, 100}: "-0.05", {0, 100}: "0", {1200, 1}: "1200", {1234, 1000}: "1.234", {}: "",
	} {
		if got := n.String(); got != want {
			t.Errorf("%d of %d parts: %q, want %q", n.Quantity, n.Parts, got, want)
		}
	}
}

func TestChangesAreRoundedHalfAwayFromZero(t *testing.T) {
	t.Parallel()
	whole := func(n int64) Number { return Number{n, 1} }
	for _, c := range []struct {
		now, before Number
		want        string
	}{
		{whole(1485), whole(3512), "-57.72"},
		{whole(451), whole(1164), "-61.25"},
		{whole(200025), whole(200000), "0.01"},  // 0.0125
		{whole(200030), whole(200000), "0.02"},  // 0.015
		{whole(199970), whole(200000), "-0.02"}, // -0.015
		{whole(5), whole(0), ""},
		{whole(0), whole(5), "-100"},
		{Number{}, whole(5), ""},
		{whole(9_000_000_000_000_000), whole(3_000_000_000_000_000), "200"}, // đồng: times 10,000 is over 64 bits
	} {
		if got := change(c.now, c.before).String(); got != c.want {
			t.Errorf("from %v to %v: %q, want %q", c.before, c.now, got, c.want)
		}
	}
}
