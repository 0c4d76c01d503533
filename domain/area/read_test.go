package area

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"hoso/domain/table"
)

const head = "code,kind,name,parent,from,to,successors,source,verified\n"

// Another province is another file.
func TestAnotherProvince(t *testing.T) {
	t.Parallel()
	files := fstest.MapFS{"04.csv": {Data: []byte(head +
		"04,tỉnh,Cao Bằng,,,,,x,no\n" +
		"040,thành phố,Cao Bằng,04,,2025-06-30,,x,no\n" +
		"01267,phường,Sông Hiến,040,,2025-06-30,01273,x,no\n" +
		"01273,phường,Thục Phán,04,2025-07-01,,,x,no\n")}}
	b, err := fs.ReadFile(Files(), "20.csv")
	if err != nil {
		t.Fatal(err)
	}
	files["20.csv"] = &fstest.MapFile{Data: b}
	s, err := Read(files)
	if err != nil {
		t.Fatal(err)
	}
	u, err := s.Resolve("phường Sông Hiến", "", april)
	if err != nil || s.Full(u) != "Phường Sông Hiến, Thành phố Cao Bằng" || s.Later(u, later)[0].Code != "01273" {
		t.Errorf("%+v, %v", u, err)
	}
	if n := len(s.Communes(LangSon, april)); n != 200 {
		t.Errorf("Lạng Sơn has %d communes beside Cao Bằng", n)
	}
	if got := s.Provinces(); len(got) != 2 || s.Inside(u, must(t, LangSon, april)) {
		t.Errorf("provinces %v", got)
	}
}

func TestWrongFilesAreNamed(t *testing.T) {
	t.Parallel()
	const province = "04,tỉnh,Cao Bằng,,,,,x,no\n"
	for name, c := range map[string]struct{ file, rows, where, reason string }{
		"not a code":                {"04.csv", province + "4x,xã,A,04,,,,x,no\n", "04.csv:3", "code"},
		"a kind of another level":   {"04.csv", province + "01267,huyện,A,04,,,,x,no\n", "04.csv:3", "kind"},
		"no name":                   {"04.csv", province + "01267,xã,,04,,,,x,no\n", "04.csv:3", "name"},
		"no source":                 {"04.csv", province + "01267,xã,A,04,,,,,no\n", "04.csv:3", "source"},
		"not a date":                {"04.csv", province + "01267,xã,A,04,2025-02-30,,,x,no\n", "04.csv:3", "from"},
		"twice on a day":            {"04.csv", province + "01267,xã,A,04,,2025-06-30,,x,no\n01267,xã,B,04,2025-06-30,,,x,no\n", "04.csv:4", "cùng một ngày"},
		"no parent":                 {"04.csv", province + "01267,xã,A,,,,,x,no\n", "04.csv:3", "parent"},
		"a parent of other days":    {"04.csv", province + "040,huyện,A,04,,2025-06-30,,x,no\n01267,xã,A,040,,,,x,no\n", "04.csv:4", "parent"},
		"a parent elsewhere":        {"04.csv", province + "01267,xã,A,20,,,,x,no\n", "04.csv:3", "parent"},
		"no successor":              {"04.csv", province + "01267,xã,A,04,,2025-06-30,,x,no\n", "04.csv:3", "successors"},
		"an unknown successor":      {"04.csv", province + "01267,xã,A,04,,2025-06-30,01268,x,no\n", "04.csv:3", "01268"},
		"a successor too late":      {"04.csv", province + "01267,xã,A,04,,2025-06-30,01268,x,no\n01268,xã,B,04,2025-07-02,,,x,no\n", "04.csv:3", "01268"},
		"a successor twice":         {"04.csv", province + "01267,xã,A,04,,2025-06-30,01268 01268,x,no\n01268,xã,B,04,2025-07-01,,,x,no\n", "04.csv:3", "hai lần"},
		"a successor of the living": {"04.csv", province + "01267,xã,A,04,,,01268,x,no\n01268,xã,B,04,,,,x,no\n", "04.csv:3", "successors"},
		"another province":          {"04.csv", province + "20,tỉnh,Lạng Sơn,,,,,x,no\n", "04.csv:3", "mã của tên tệp"},
		"no province":               {"04.csv", "", "04.csv:1", "04"},
		"not a province's name":     {"areas.csv", province, "areas.csv", "hai chữ số"},
		"too few cells":             {"04.csv", "04\n", "04.csv:2", "1 ô"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Read(fstest.MapFS{c.file: {Data: []byte(head + c.rows)}})
			var wrong *table.Error
			if !errors.As(err, &wrong) || wrong.Where() != c.where || !strings.Contains(wrong.Reason, c.reason) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := Read(fstest.MapFS{}); err == nil {
		t.Error("no file is no province")
	}
}

func FuzzRead(f *testing.F) {
	f.Add("00,\xa3,0,,,,,0,")
	f.Add("04,tỉnh,Cao Bằng,,,,,x,no\n01267,xã,A,04,,2025-06-30,01268,x,no\n")
	f.Fuzz(func(t *testing.T, rows string) {
		s, err := Read(fstest.MapFS{"04.csv": {Data: []byte(head + rows)}})
		if err == nil && !s.Known("04") {
			t.Error("read without its province")
		}
		var wrong *table.Error
		if err != nil && !errors.As(err, &wrong) {
			t.Errorf("%v", err)
		}
	})
}
