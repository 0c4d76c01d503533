package report

import "testing"

func TestNumbersAsOfficialDocumentsWriteThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ got, want string }{
		{Number(0), "0"}, {Number(999), "999"}, {Number(1485), "1.485"}, {Number(-1234567), "-1.234.567"},
		{Million(8510800000), "8.510,8"}, {Million(22570000000), "22.570"}, {Million(4622000000), "4.622"},
		{Million(49_999), "0"}, {Million(50_000), "0,1"}, {Million(-1_500_000), "-1,5"},
		{Percent(5772), "57,72%"}, {Percent(-6125), "-61,25%"}, {Percent(5), "0,05%"}, {Percent(100000), "1.000,00%"},
		{Scaled(6230, 100), "62,3"}, {Scaled(400, 100), "4"}, {Scaled(5, 100), "0,05"}, {Scaled(-5, 100), "-0,05"},
		{Counted(2), "02"}, {Counted(0), "0"}, {Counted(10), "10"},
		{Quantity(4622000000, "VND", 1), "4.622 triệu đồng"}, {Quantity(3, "đợt", 1), "03 đợt"}, {Quantity(6230, "%", 100), "62,3%"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}
