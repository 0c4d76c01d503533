package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// atAreas imports a few claims in communes that were renamed, merged and divided later, named as people write them.
func atAreas(t *testing.T) string {
	data := filepath.Join(t.TempDir(), "data")
	r := hoso(t, "import", "--data", data, file(t, "areas.jsonl"))
	if r.code != 3 || !strings.Contains(r.out, "ghi mới 7") {
		t.Fatalf("%+v", r)
	}
	return data
}

// onlyClaims leaves the head, the claims and what is said below the table: of the whole catalogue, one figure is enough.
func onlyClaims(table string) string {
	var kept []string
	in := true
	for n, line := range strings.SplitAfter(table, "\n") {
		if !strings.HasPrefix(line, "  ") {
			in = n < 2 || strings.HasPrefix(line, "Hồ sơ đề nghị hưởng") || strings.HasPrefix(line, "Không tính")
		}
		if in {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

func TestFiguresByUnitAsPeopleReadThem(t *testing.T) {
	data := atAreas(t)
	var out strings.Builder
	for _, flags := range [][]string{
		{"--area", "20", "--by", "district"},
		{"--area", "20", "--by", "district", "--tree", "now"},
		{"--area", "Huyện Lộc Bình", "--by", "commune"},
		{"--area", "xã Lộc Bình", "--tree", "now"},
		{"--by", "commune", "--tree", "now"},
		{"--area", "xã Đình Lập", "--tree", "now", "--by", "commune"},
	} {
		out.WriteString("hoso figures --month 2024-04 " + strings.Join(flags, " ") + "\n")
		out.WriteString(onlyClaims(must(t, append([]string{"figures", "--data", data, "--month", "2024-04"}, flags...)...)) + "\n")
	}
	golden(t, "areas.txt", out.String())
}

type figureOfUnits struct {
	Indicator string
	Areas     []struct {
		Area, Name string
		Value, YTD *json.Number
	}
}

func TestFiguresByUnitForPrograms(t *testing.T) {
	data := atAreas(t)
	csv := must(t, "figures", "--data", data, "--month", "2024-04", "--by", "district", "--format", "csv")
	golden(t, "areas.csv", strings.Join(slices.DeleteFunc(strings.SplitAfter(csv, "\n"), func(line string) bool {
		return !strings.HasPrefix(line, "indicator,") && !strings.HasPrefix(line, "unemployment.claims,")
	}), ""))
	var sheet struct {
		Tree, By string
		Figures  []figureOfUnits
	}
	if err := json.Unmarshal([]byte(must(t, "figures", "--data", data, "--month", "2024-04", "--tree", "now", "--by", "commune", "--area", "06529", "--format", "json")), &sheet); err != nil {
		t.Fatal(err)
	}
	claims := slices.DeleteFunc(sheet.Figures, func(f figureOfUnits) bool { return f.Indicator != "unemployment.claims" })
	if sheet.Tree != "now" || sheet.By != "commune" || len(claims) != 1 || len(claims[0].Areas) != 1 {
		t.Fatalf("%+v", sheet)
	}
	if a := claims[0].Areas[0]; a.Area != "06529" || a.Name != "Xã Lộc Bình" || a.Value.String() != "1" || a.YTD.String() != "2" {
		t.Errorf("%+v", a)
	}
}

func TestANameThatSeveralUnitsBearIsAsked(t *testing.T) {
	data := atAreas(t)
	for name, code := range map[string]string{"Chi Lăng": "[area.ambiguous]", "Nowhere": "[usage]", "xã Tuấn Sơn": "[usage]"} {
		r := hoso(t, "figures", "--data", data, "--month", "2024-04", "--area", name)
		if r.code != 2 || r.out != "" || !strings.HasSuffix(r.err, code+"\n") {
			t.Errorf("%s: %+v, want %s", name, r, code)
		}
	}
	r := hoso(t, "figures", "--data", data, "--month", "2024-04", "--area", "06550", "--tree", "now")
	if r.code != 3 || !strings.Contains(r.err, "Xã Lộc Bình (06529)") {
		t.Errorf("%+v", r)
	}
}

// An office's own files are used from the start, and wrong ones stop it. The set is the process's, so it is one of its own.
func TestAnOfficeGivesItsOwnUnits(t *testing.T) {
	data, dir := atAreas(t), filepath.Join(t.TempDir(), "settings")
	must(t, "settings", dir)
	shipped, err := os.ReadFile("../../domain/area/data/20.csv")
	if err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(dir, "areas", "20.csv"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"figures", "--settings", dir, "--data", data, "--month", "2024-04", "--by", "district", "--area", "20"}
	write(strings.Replace(string(shipped), "188,huyện,Lộc Bình", "188,huyện,Lộc Bình Mới", 1))
	out, err := process(t, args...).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "Huyện Lộc Bình Mới") {
		t.Errorf("%v\n%s", err, out)
	}
	write(strings.Replace(string(shipped), "188,huyện", "188,xóm", 1))
	out, err = process(t, args...).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "areas/20.csv:28: cột kind") || !strings.Contains(string(out), "[area.wrong_file]") {
		t.Errorf("%v\n%s", err, out)
	}
}
