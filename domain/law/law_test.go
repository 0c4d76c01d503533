package law_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
)

// copied returns the shipped files for changing.
func copied(t *testing.T) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(law.Files(), "*.csv")
	if err != nil || len(names) == 0 {
		t.Fatalf("%q, %v", names, err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(law.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	return files
}

func TestAmounts(t *testing.T) {
	t.Parallel()
	l := law.Shipped()
	for day, want := range map[calendar.Date]int64{20230630: 1_624_000, 20230701: 2_055_000, 20240630: 2_055_000, 20240701: 2_789_000} {
		if a, ok := l.Amount("merit_standard", "", day); !ok || int64(a.VND) != want || a.Document == "" {
			t.Errorf("%s: %v, %t", day, a, ok)
		}
	}
	if _, ok := l.Amount("minimum_wage", "V", 20240701); ok {
		t.Error("there is no fifth region")
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	for day, want := range map[calendar.Date][2]int{20240405: {12, 24}, 20260630: {12, 24}, 20260701: {36, 36}} {
		got, ok := law.Shipped().Term("rehab_compulsory", "again", day)
		if !ok || got.Min != want[0] || got.Max != want[1] || got.Unit != "months" {
			t.Errorf("%s: %v, %t", day, got, ok)
		}
	}
	if _, ok := law.Shipped().Term("rehab_compulsory", "third", 20240405); ok {
		t.Error("there is no third")
	}
}

// TestWrongFilesAreNamed makes one mistake after the other in the shipped files.
func TestWrongFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, add, where, reason string }{
		"not a date":         {"holidays.csv", "2024-02-30,off,x,y,no", "holidays.csv:", "2024-02-30"},
		"a day twice":        {"holidays.csv", "2024-04-18,off,x,y,no", "holidays.csv:", "hai dòng"},
		"a weekend off":      {"holidays.csv", "2024-04-20,off,x,y,no", "holidays.csv:", "cuối tuần"},
		"a weekday worked":   {"holidays.csv", "2024-04-19,worked,x,y,no", "holidays.csv:", "ngày làm việc"},
		"an unknown kind":    {"holidays.csv", "2024-04-19,half,x,y,no", "holidays.csv:", "off, worked"},
		"no source":          {"amounts.csv", "x,,2024-01-01,,1,,no", "amounts.csv:", "source"},
		"two amounts":        {"amounts.csv", "base_salary,,2024-01-01,,1,y,no", "amounts.csv:", "hai mức"},
		"not a number":       {"amounts.csv", "x,,,,1.000,y,no", "amounts.csv:", "vnd"},
		"too few cells":      {"amounts.csv", "x", "amounts.csv:", "1 ô"},
		"a quote left open":  {"amounts.csv", "\"x", "amounts.csv:", "CSV"},
		"a procedure twice":  {"procedures.csv", "survivor,x,y", "procedures.csv:", "hai dòng"},
		"no step":            {"procedures.csv", "another,x,y", "procedures.csv:", "không có bước"},
		"a code in capitals": {"procedures.csv", "X,x,y", "procedures.csv:", "chữ thường"},
		"a step of nothing":  {"steps.csv", "another,commune,x,1,working,,,y,no", "steps.csv:", "another"},
		"an unknown place":   {"steps.csv", "survivor,village,x,1,working,,,y,no", "steps.csv:", "commune"},
		"no days":            {"steps.csv", "survivor,commune,x,0,working,,,y,no", "steps.csv:", "days"},
		"two terms":          {"terms.csv", "rehab_voluntary,,2025-01-01,,6,12,months,y,no", "terms.csv:", "hai thời hạn"},
		"an empty span":      {"terms.csv", "x,,,,12,6,months,y,no", "terms.csv:", "max"},
		"an unknown unit":    {"terms.csv", "x,,,,6,12,years,y,no", "terms.csv:", "unit"},
		"ends too early":     {"amounts.csv", "x,,2024-02-01,2024-01-01,1,y,no", "amounts.csv:", "trước"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := copied(t)
			files[c.file].Data = append(append([]byte{}, files[c.file].Data...), c.add...)
			_, err := law.Read(files)
			if domain.CodeOf(err) != "law.wrong_file" || !strings.HasPrefix(err.Error(), c.where) || !strings.Contains(err.Error(), c.reason) {
				t.Errorf("%v", err)
			}
		})
	}
	for name := range copied(t) {
		files := copied(t)
		delete(files, name)
		if _, err := law.Read(files); domain.CodeOf(err) != "law.wrong_file" || !strings.HasPrefix(err.Error(), name) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("date,kind,name,source,verified\n2024-04-18,off,x,y,no\n")
	f.Fuzz(func(t *testing.T, holidays string) {
		files := copied(t)
		files["holidays.csv"].Data = []byte(holidays)
		if _, err := law.Read(files); err != nil && domain.CodeOf(err) != "law.wrong_file" {
			t.Error(err)
		}
	})
}
