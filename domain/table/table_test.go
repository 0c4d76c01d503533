package table_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"hoso/domain/table"
)

func read(text string) (rows []string, err error) {
	files := fstest.MapFS{"a.csv": {Data: []byte(text)}}
	err = table.Read(files, "a.csv", []string{"name", "from", "to"}, func(r *table.Row) {
		days := r.Valid()
		rows = append(rows, r.Text("name")+" "+days.From.String()+" "+days.To.String())
	})
	return rows, err
}

func TestRead(t *testing.T) {
	t.Parallel()
	rows, err := read("\ufeff# what the columns mean\nto,name,from\n2025-06-30, a ,\n# the new law\n,b,2025-07-01\n")
	if want := "a 1800-01-01 2025-06-30|b 2025-07-01 9998-12-31"; err != nil || strings.Join(rows, "|") != want {
		t.Errorf("%q, %v", rows, err)
	}
	for text, want := range map[string]string{
		"":                     "a.csv:1: tệp trống",
		"name,from\n":          "a.csv:1: các cột phải là: name, from, to",
		"name,from,to\na\n":    "a.csv:2: có 1 ô, cần 3",
		"name,from,to\n\n,,\n": "a.csv:3: cột name trống",
		"name,from,to\na,2025-01-02,2025-01-01\n": "a.csv:2: ngày hết hiệu lực trước ngày có hiệu lực",
		"name,from,to\n\"a,,\n":                   "a.csv:2: không phải CSV đúng: extraneous or missing \" in quoted-field",
	} {
		if _, err := read(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("name,from,to\na,,\n")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := read(text); err != nil && !strings.HasPrefix(err.Error(), "a.csv") {
			t.Errorf("%v", err)
		}
	})
}
