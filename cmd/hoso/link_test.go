package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// Two records are found to be one person after the month was published. Before anything is written one sees which
// published figures would be others; after it, the report says what it said, and what is known now is one person less.
func TestLinkingTwoRecordsShowsItsEffectOnPublishedMonths(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	imports := func(want string, lines string, flags ...string) string {
		t.Helper()
		r := hosoWith(t.Context(), lines, append(append([]string{"import", "--data", data}, flags...), "-")...)
		if r.code != 0 || !strings.Contains(r.out, want) {
			t.Fatal(r.out, r.err)
		}
		return r.out
	}
	persons := func(flags ...string) string {
		t.Helper()
		out := must(t, append([]string{"explain", "--data", data, "--month", "2024-03", "--indicator", "merit.allowance_persons"}, flags...)...)
		first, _, _ := strings.Cut(out, " (")
		return first
	}
	lines := ""
	for _, ref := range []string{"1", "2", "3"} {
		lines += `{"command":"person.register","case":"NCC-` + ref + `","occurred":"2024-03-01","data":{"name":"Nông Thị Lan"}}` + "\n" +
			`{"command":"merit.start_allowance","case":"TC-` + ref + `","occurred":"2024-03-01","data":{"person":"NCC-` + ref + `","commune":"06550","category":"h","from":"2024-01","level":2000000}}` + "\n" +
			`{"command":"merit.pay_allowance","case":"TC-` + ref + `","occurred":"2024-03-05","data":{"month":"2024-03","channel":"cash"}}` + "\n"
	}
	imports("ghi mới 9", lines)
	link := `{"command":"person.link","case":"NCC-1","occurred":"2024-05-02","data":{"same_as":"NCC-2","reason":"cùng số định danh"}}` + "\n"
	if out := imports("sẽ ghi 1", link, "--dry-run"); strings.Contains(out, "phát hành") {
		t.Errorf("nothing was published yet:\n%s", out)
	}
	must(t, "close", "--data", data, "--area", "20", "--month", "2024-03", "--number", "10/BC-SLĐTBXH", "--signer", "Giám đốc",
		"--signed", "2024-04-02", "--by", "lan", "--approver", "minh")
	again := func() string {
		return must(t, "report", "--data", data, "--area", "20", "--month", "2024-03", "--published")
	}
	report := again()

	golden(t, "link.txt", imports("sẽ ghi 1", link, "--dry-run"))
	if got := persons(); !strings.HasSuffix(got, ": 03 người") {
		t.Errorf("asking changed something: %s", got)
	}
	imports("ghi mới 1", link)
	if got := persons(); !strings.HasSuffix(got, ": 02 người") {
		t.Errorf("linked: %s", got)
	}
	if again() != report {
		t.Error("the published report says something else now")
	}
	must(t, "close", "--data", data, "--area", "20", "--month", "2024-04", "--number", "20/BC-SLĐTBXH", "--signer", "Giám đốc",
		"--signed", "2024-05-02", "--by", "lan", "--approver", "minh") // no check takes a person less for a mistake
	register := `{"command":"person.register","case":"NCC-9","occurred":"2024-05-02","data":{"name":"Lý Văn Thử"}}` + "\n"
	if out := imports("sẽ ghi 1", register, "--dry-run"); !strings.Contains(out, "Không số liệu nào") {
		t.Errorf("of somebody new:\n%s", out)
	}
	unlink := `{"command":"person.unlink","case":"NCC-1","occurred":"2024-05-02","data":{"reason":"hai người khác nhau"}}` + "\n"
	if out := imports("sẽ ghi 1", unlink, "--dry-run"); !strings.Contains(out, "2 người  3 người") {
		t.Errorf("unlinked:\n%s", out)
	}
	imports("ghi mới 1", unlink)
	if got := persons(); !strings.HasSuffix(got, ": 03 người") {
		t.Errorf("unlinked: %s", got)
	}
}
