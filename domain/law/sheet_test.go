package law_test

import (
	"slices"
	"testing"
	"testing/fstest"

	"hoso/domain/law"
)

// Every file that is read is shown, and every row says on what it rests.
func TestSheetsShowEveryFile(t *testing.T) {
	t.Parallel()
	all, err := law.Sheets(law.Files())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		source := slices.Index(s.Columns, "source")
		if source < 0 || s.About == "" || len(s.Rows) == 0 {
			t.Errorf("%s: columns %v, %d rows, about %q", s.Name, s.Columns, len(s.Rows), s.About)
			continue
		}
		for _, r := range s.Rows {
			if r[source] == "" {
				t.Errorf("%s: %v has no source", s.Name, r)
			}
		}
	}
	if len(all) < 10 {
		t.Errorf("%d files", len(all))
	}
	if _, err := law.Sheets(fstest.MapFS{"a.csv": {Data: []byte("# b\nname\n\"x\n")}}); err == nil {
		t.Error("a broken file is shown")
	}
}
