package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// change writes a shipped file of settings anew.
func change(t *testing.T, path string, how func(string) string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(how(read(t, path))), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestAnOfficeChangesItsSettings(t *testing.T) {
	t.Parallel()
	dir, data := t.TempDir(), filepath.Join(t.TempDir(), "data")
	own := filepath.Join(dir, "own")
	must(t, "settings", own)
	must(t, "import", "--data", data, "--settings", own, file(t, "small.jsonl"))

	// A report of its own, beside the shipped ones.
	change(t, filepath.Join(own, "reports", "so-ldtbxh-2024.yaml"), func(s string) string {
		return strings.Replace(s, "Sở Lao động - Thương binh và Xã hội", "Sở của chúng tôi", 1)
	})
	ours := "name: rieng\ntitle: Báo cáo riêng\noffice: Phòng X\nonly_by_name: true\nsections:\n  - title: Một\n    text: 'Có {{value \"unemployment.claims\"}}.'\n"
	if err := os.WriteFile(filepath.Join(own, "reports", "rieng.yaml"), []byte(ours), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := must(t, "report", "--data", data, "--settings", own, "--month", "2024-04"); !strings.Contains(out, "SỞ CỦA CHÚNG TÔI") {
		t.Errorf("the office's own report is not used:\n%s", out)
	}
	if out := must(t, "report", "--data", data, "--settings", own, "--month", "2024-04", "--spec", "rieng"); !strings.Contains(out, "- Có 02 hồ sơ.") {
		t.Errorf("the office's new report is not used:\n%s", out)
	}

	// A due date follows a holiday that the office adds.
	receive := `{"command":"merit.receive","case":"HS-1","occurred":"2024-04-01","data":{"person":"NLD-1","commune":"06550","category":"relative","procedure":"education","channel":"direct"}}`
	due := func(settings, data string) string {
		must(t, "import", "--data", data, "--settings", settings, file(t, "small.jsonl"))
		if r := hosoWith(t.Context(), receive, "import", "--data", data, "--settings", settings, "-"); r.code != 0 {
			t.Fatal(r.err)
		}
		_, rest, _ := strings.Cut(must(t, "history", "merit/HS-1", "--data", data, "--settings", settings), "due=")
		return rest[:10]
	}
	before := due(own, filepath.Join(dir, "before"))
	change(t, filepath.Join(own, "law", "holidays.csv"), func(s string) string { return s + "2024-04-02,off,Ngày nghỉ của tỉnh,thử,no\n" })
	if after := due(own, filepath.Join(dir, "after")); before != "2024-04-10" || after != "2024-04-11" {
		t.Errorf("due %s, with one more holiday %s", before, after)
	}
	if r := hoso(t, "settings", own); r.code != 2 || !strings.Contains(r.err, "[settings.exists]") {
		t.Errorf("written over: %+v", r)
	}
}

// TestWrongSettingsStopTheStart: file, line and reason are named, and no data is touched.
func TestWrongSettingsStopTheStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wrong func(t *testing.T, own string)
		says  []string
	}{
		"a wrong day": {func(t *testing.T, own string) {
			change(t, filepath.Join(own, "law", "holidays.csv"), func(s string) string { return s + "2024-02-30,off,x,y,no\n" })
		}, []string{"law/holidays.csv:", "2024-02-30", "[law.wrong_file]"}},
		"a missing file": {func(t *testing.T, own string) {
			if err := os.Remove(filepath.Join(own, "law", "amounts.csv")); err != nil {
				t.Fatal(err)
			}
		}, []string{"law/amounts.csv", "[law.wrong_file]"}},
		"an unknown figure": {func(t *testing.T, own string) {
			change(t, filepath.Join(own, "reports", "mau-34.yaml"), func(s string) string { return strings.Replace(s, "unemployment.claims", "unemployment.claimz", 1) })
		}, []string{"mau-34.yaml", "unemployment.claimz", "[report.figure_missing]"}},
		"an unknown key": {func(t *testing.T, own string) {
			change(t, filepath.Join(own, "reports", "mau-34.yaml"), func(s string) string { return s + "colour: red\n" })
		}, []string{"reports/mau-34.yaml:", "colour", "[report.wrong_file]"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own, data := filepath.Join(t.TempDir(), "own"), filepath.Join(t.TempDir(), "data")
			must(t, "settings", own)
			c.wrong(t, own)
			r := hoso(t, "import", "--data", data, "--settings", own, file(t, "small.jsonl"))
			if r.code != 3 || strings.Count(r.err, "\n") != 1 {
				t.Fatalf("%+v", r)
			}
			for _, s := range c.says {
				if !strings.Contains(r.err, s) {
					t.Errorf("%q does not say %q", r.err, s)
				}
			}
			if _, err := os.Stat(data); err == nil {
				t.Error("data was made")
			}
		})
	}
	if r := hoso(t, "figures", "--settings", filepath.Join(t.TempDir(), "none"), "--month", "2024-04"); r.code != 2 {
		t.Errorf("no such directory: %+v", r)
	}
}
