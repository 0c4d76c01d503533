package person

import (
	"encoding/json"
	"strings"
	"testing"

	"hoso/domain/calendar"
)

func TestIdentity(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Identity{
		`"020190005678"`:    "020190005678",
		`"020 190 005 678"`: "020190005678",
		`"020.190.005.678"`: "020190005678",
		`"081234567"`:       "081234567", // the older card
	} {
		var got Identity
		if err := json.Unmarshal([]byte(in), &got); err != nil || got != want {
			t.Errorf("%s: %q, %v", in, got, err)
		}
	}
	for _, in := range []string{`""`, `"02019000567"`, `"0201900056789"`, `"02019000567a"`, `"020-190-005-678"`, `20190005678`, `"０２０１９０００５６７８"`, `null1`, `{}`} {
		var got Identity
		err := json.Unmarshal([]byte(in), &got)
		if err == nil || got != "" {
			t.Errorf("%s is no identity number, got %q", in, got)
		} else if strings.Contains(err.Error(), "0190005") {
			t.Errorf("the error quotes the number: %v", err)
		}
	}
}

func TestMasked(t *testing.T) {
	t.Parallel()
	for in, want := range map[Identity]string{"020190005678": "020******678", "081234567": "081***567", "12345": "*****", "": ""} {
		if got := in.Masked(); got != want {
			t.Errorf("%q: %q, want %q", string(in), got, want)
		}
	}
}

func TestBorn(t *testing.T) {
	t.Parallel()
	for in, latest := range map[Born]calendar.Date{"1928": 19281231, "1985-02": 19850228, "1984-02": 19840229, "1985-02-17": 19850217} {
		var got Born
		if err := json.Unmarshal([]byte(`"`+in+`"`), &got); err != nil || got != in {
			t.Errorf("%s: %q, %v", string(in), got, err)
		}
		if got.Latest() != latest {
			t.Errorf("%s: at the latest %s, want %s", string(in), got.Latest(), latest)
		}
	}
	for in, want := range map[string]Born{"17/02/1985": "1985-02-17", "7/2/1985": "1985-02-07", "7.2.1985": "1985-02-07", "17-2-1985": "1985-02-17", "2/1985": "1985-02", "02/1985": "1985-02"} {
		var got Born
		if err := json.Unmarshal([]byte(`"`+in+`"`), &got); err != nil || got != want {
			t.Errorf("%s: %q, %v", in, string(got), err)
		}
	}
	for _, in := range []string{`""`, `"85"`, `"1985-13"`, `"1985-00"`, `"1985-02-30"`, `"1985-2-17"`, `"31/02/1985"`, `"02/17/1985"`, `"17/02/85"`, `"1/17/02/1985"`, `"17//1985"`, `"1799"`, `"1/1799"`, `1985`, `"1985-02-17\n"`} {
		var got Born
		if err := json.Unmarshal([]byte(in), &got); err == nil {
			t.Errorf("%s is no date of birth, got %q", in, string(got))
		}
	}
}

func FuzzIdentity(f *testing.F) {
	for _, s := range []string{`"020190005678"`, `"081 234 567"`, `""`, `7`, `"..."`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var i Identity
		if json.Unmarshal(in, &i) != nil || i == "" { // null leaves nothing
			return
		}
		if (len(i) != 9 && len(i) != 12) || strings.Trim(string(i), "0123456789") != "" {
			t.Errorf("%s was taken as %q", in, string(i))
		}
		if m := i.Masked(); len(m) != len(i) || strings.Count(m, "*") != len(i)-6 {
			t.Errorf("masked as %q", m)
		}
	})
}

func FuzzBorn(f *testing.F) {
	for _, s := range []string{`"1928"`, `"1985-02"`, `"1985-02-17"`, `"17/2/1985"`, `"2/1985"`, `"2000-02-30"`, `null`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var b Born
		if json.Unmarshal(in, &b) != nil || b == "" {
			return
		}
		if d := b.Latest(); d.IsZero() || !strings.HasPrefix(d.String(), string(b)) {
			t.Errorf("%s was taken and is at the latest %q", in, d)
		}
	})
}
