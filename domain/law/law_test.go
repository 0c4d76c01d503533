package law_test

import (
	"bytes"
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

func TestConvalescence(t *testing.T) {
	t.Parallel()
	l := law.Shipped()
	before, ok := l.Convalescence(20220301)
	if !ok || before.Group() != 2_923_200 || before.Home() != 1_461_600 || before.MinDays != 5 || before.MaxDays != 10 || !before.Verified {
		t.Errorf("%+v, %t", before, ok)
	}
	// DOMAIN 2.3: 3.699.000 and 1.849.500 đồng at the standard of 2.055.000.
	if c, _ := l.Convalescence(20240415); c.Group() != 3_699_000 || c.Home() != 1_849_500 {
		t.Errorf("April 2024: %d, %d", c.Group(), c.Home())
	}
	if _, ok := l.Convalescence(20210914); ok {
		t.Error("another decree was in force")
	}
}

func TestRelief(t *testing.T) {
	t.Parallel()
	for occasion, months := range map[string]int64{"tet": 1, "giap_hat": 3, "disaster": 3} {
		if r, ok := law.Shipped().Relief(occasion, 20240401); !ok || r.Kg != 15 || r.Months != months {
			t.Errorf("%s: %+v, %t", occasion, r, ok)
		}
	}
	if _, ok := law.Shipped().Relief("tet", 20200101); ok {
		t.Error("another decree was in force")
	}
}

func TestRemainsSupport(t *testing.T) {
	t.Parallel()
	s, ok := law.Shipped().RemainsSupport(20240401)
	if !ok || s.Exhumation != 4_000_000 || s.Grave != 10_000_000 || s.Travel(1700, 2) != 10_200_000 || s.Travel(1700, 5) != 15_300_000 {
		t.Errorf("%+v, %t", s, ok)
	}
}

// The annual review takes its days from the files, whatever they are.
func TestAnnualReview(t *testing.T) {
	t.Parallel()
	files := copied(t)
	files["poverty.csv"].Data = []byte("from,to,begins,ends,source,verified\n2024-01-01,,02-01,03-31,x,no\n")
	l, err := law.Read(files)
	if err != nil {
		t.Fatal(err)
	}
	if r, ok := l.AnnualReview(2024); !ok || r.Days != (calendar.Range{From: 20240201, To: 20240331}) {
		t.Errorf("%+v, %t", r, ok)
	}
	if _, ok := l.AnnualReview(2023); ok {
		t.Error("the files say nothing of 2023")
	}
}

func TestUnemployment(t *testing.T) {
	t.Parallel()
	l := law.Shipped()
	old, ok := l.Unemployment(20251231)
	if !ok || old.Law != 2013 || old.Waiting != 15 || old.Start != 16 || old.StateCap != 5 || old.ReserveUpTo != 0 {
		t.Errorf("the last day of the law of 2013: %+v", old)
	}
	now, ok := l.Unemployment(20260101)
	if !ok || now.Law != 2025 || now.Waiting != 10 || now.Start != 11 || now.StateCap != 0 || now.ReserveUpTo != 144 {
		t.Errorf("the first day of the law of 2025: %+v", now)
	}
	if _, ok := l.Unemployment(20141231); ok {
		t.Error("the law of 2006 is not in the file")
	}
}

// TestWrongFilesAreNamed makes one mistake after the other in the shipped files.
func TestWrongFilesAreNamed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, add, where, reason string }{
		"not a date":            {"holidays.csv", "2024-02-30,off,x,y,no", "holidays.csv:", "2024-02-30"},
		"a day twice":           {"holidays.csv", "2024-04-18,off,x,y,no", "holidays.csv:", "hai dòng"},
		"a weekend off":         {"holidays.csv", "2024-04-20,off,x,y,no", "holidays.csv:", "cuối tuần"},
		"a weekday worked":      {"holidays.csv", "2024-04-19,worked,x,y,no", "holidays.csv:", "ngày làm việc"},
		"an unknown kind":       {"holidays.csv", "2024-04-19,half,x,y,no", "holidays.csv:", "off, worked"},
		"no source":             {"amounts.csv", "x,,2024-01-01,,1,,no", "amounts.csv:", "source"},
		"two amounts":           {"amounts.csv", "base_salary,,2024-01-01,,1,y,no", "amounts.csv:", "hai mức"},
		"not a number":          {"amounts.csv", "x,,,,1.000,y,no", "amounts.csv:", "vnd"},
		"too few cells":         {"amounts.csv", "x", "amounts.csv:", "1 ô"},
		"a quote left open":     {"amounts.csv", "\"x", "amounts.csv:", "CSV"},
		"a procedure twice":     {"procedures.csv", "survivor,x,y", "procedures.csv:", "hai dòng"},
		"no step":               {"procedures.csv", "another,x,y", "procedures.csv:", "không có bước"},
		"a code in capitals":    {"procedures.csv", "X,x,y", "procedures.csv:", "chữ thường"},
		"a step of nothing":     {"steps.csv", "another,commune,x,1,working,,,y,no", "steps.csv:", "another"},
		"an unknown place":      {"steps.csv", "survivor,village,x,1,working,,,y,no", "steps.csv:", "commune"},
		"no days":               {"steps.csv", "survivor,commune,x,0,working,,,y,no", "steps.csv:", "days"},
		"two terms":             {"terms.csv", "rehab_voluntary,,2025-01-01,,6,12,months,y,no", "terms.csv:", "hai thời hạn"},
		"an empty span":         {"terms.csv", "x,,,,12,6,months,y,no", "terms.csv:", "max"},
		"an unknown unit":       {"terms.csv", "x,,,,6,12,years,y,no", "terms.csv:", "unit"},
		"ends too early":        {"amounts.csv", "x,,2024-02-01,2024-01-01,1,y,no", "amounts.csv:", "trước"},
		"two rows of a day":     {"convalescence.csv", "2024-01-01,,5,10,180,90,30,y,no", "convalescence.csv:", "một ngày"},
		"days turned round":     {"convalescence.csv", "2001-01-01,2002-01-01,10,5,180,90,30,y,no", "convalescence.csv:", "max_days"},
		"a rate of nothing":     {"convalescence.csv", "2001-01-01,2002-01-01,5,10,0,90,30,y,no", "convalescence.csv:", "group_percent"},
		"no such occasion":      {"relief.csv", "new_year,,,15,1,y,no", "relief.csv:", "giap_hat"},
		"two rations":           {"relief.csv", "tet,2024-01-01,,15,1,y,no", "relief.csv:", "một ngày"},
		"29 February":           {"poverty.csv", "2001-01-01,2002-01-01,02-29,12-14,y,no", "poverty.csv:", "begins"},
		"ends before it begins": {"poverty.csv", "2001-01-01,2002-01-01,09-01,08-31,y,no", "poverty.csv:", "kết thúc"},
		"no grave":              {"remains.csv", "2001-01-01,2002-01-01,1,1,1,,y,no", "remains.csv:", "grave"},
		"an unknown number":     {"unemployment.csv", "ratio,,,1,times,y,no", "unemployment.csv:", "ratio"},
		"a number twice":        {"unemployment.csv", "percent,2026-06-01,,61,percent,y,no", "unemployment.csv:", "hai giá trị"},
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
	gap := copied(t)
	gap["unemployment.csv"].Data = bytes.Replace(gap["unemployment.csv"].Data, []byte("waiting,2026-01-01"), []byte("waiting,2026-02-01"), 1)
	if _, err := law.Read(gap); domain.CodeOf(err) != "law.wrong_file" || !strings.Contains(err.Error(), "waiting không có giá trị cho ngày 2026-01-01") {
		t.Errorf("a month without a number: %v", err)
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
