package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hoso/projections/erasure"
	"hoso/projections/seal"
)

// TestErase: the certificate can be proven, nobody reads the person any more, and the figures are what they were.
func TestErase(t *testing.T) {
	t.Parallel()
	data, private := peopled(t, 3)
	want := must(t, append(askFigures, "--data", data)...)
	was := personOf(t, data, "NLD-1")
	erase := []string{"erase", "person/NLD-1", "--data", data, "--ground", "request", "--by", "canbo-lan", "--unit", "06550"}
	fails(t, 2, "usage", erase...) // not without --yes
	fails(t, 2, "usage", "erase", "person/NLD-1", "--data", data, "--yes", "--by", "lan")
	fails(t, 2, "usage", "erase", "person/NLD-1", "--data", data, "--yes", "--ground", "court")
	fails(t, 3, "person.not_found", "erase", "person/nobody", "--data", data, "--yes", "--ground", "court", "--by", "lan")
	fails(t, 3, "person.not_found", "erase", "unemployment/TN-1", "--data", data, "--yes", "--ground", "court", "--by", "lan")
	if got := personOf(t, data, "NLD-1"); got != was {
		t.Errorf("a refused erasure left something: %s", got)
	}

	looked(t, data, private[2], 1, 3)
	var c erasure.Certificate
	if err := json.Unmarshal([]byte(must(t, append(erase, "--yes", "--format", "json")...)), &c); err != nil {
		t.Fatal(err)
	}
	if c.Position != 7 || c.Sealed != 7 || c.Ground != "request" || c.Law != "Nghị định 13/2023/NĐ-CP" || c.By.ID != "canbo-lan" || c.By.Unit != "06550" {
		t.Errorf("%+v", c)
	}
	// Again, and without saying why: the same certificate, now as the office hands it out.
	paper := filepath.Join(t.TempDir(), "xac-nhan.txt")
	must(t, "erase", "person/NLD-1", "--data", data, "--out", paper)
	text := read(t, paper)
	for _, said := range []string{"GIẤY XÁC NHẬN XÓA DỮ LIỆU CÁ NHÂN", c.Person.String(), "2/5/2024", "08:30:00", "theo yêu cầu của chính người đó", "13/2023", c.Record, c.Event.String(), "đã niêm phong, đến vị trí 7"} {
		if !strings.Contains(text, said) {
			t.Errorf("the certificate does not say %q\n%s", said, text)
		}
	}
	if found := find([]byte(text), private); found != "" {
		t.Errorf("the certificate names %s", found)
	}

	looked(t, data, private[2], 0, 2)
	looked(t, data, private[4], 1, 2)

	// The erasure is in the sealed log, as the certificate has it.
	bundle := filepath.Join(t.TempDir(), "proof")
	must(t, "prove", "person-"+c.Person.String(), "--data", data, "--out", bundle)
	var key struct{ Keys []string }
	if err := json.Unmarshal([]byte(must(t, "seal", "--data", data, "--format", "json")), &key); err != nil {
		t.Fatal(err)
	}
	must(t, "verify", bundle, "--key", key.Keys[0])
	b, err := seal.Parse([]byte(read(t, bundle)))
	if err != nil {
		t.Fatal(err)
	}
	last := b.Events[len(b.Events)-1]
	if sum := sha256.Sum256(last.Record); last.Position != c.Position || hex.EncodeToString(sum[:]) != c.Record {
		t.Errorf("the proof is about position %d", last.Position)
	}

	if got := must(t, append(askFigures, "--data", data)...); figuresOnly(got) != figuresOnly(want) {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
	if v := verdict(t, "--data", data); !v.OK {
		t.Errorf("%+v", v)
	}
	for path, content := range everything(t, data) {
		if found := find(content, private); found != "" {
			t.Errorf("%s holds %s", path, found)
		}
	}
	// Whoever the same list names is the same person still, and nobody records anything about him.
	again := `{"command":"person.register","case":"NLD-1","occurred":"2024-05-02","data":{"identity":"` + private[3] + `","name":"` + private[2] + `"}}` + "\n"
	if code, said := importLines(t, data, again); code != 3 || !strings.Contains(said, "person.erased") {
		t.Errorf("registered again: %d %s", code, said)
	}
}

// looked checks how many people the search finds, and of how many people the views hold what is sealed.
func looked(t *testing.T, data, name string, want, people int) {
	t.Helper()
	e := &env{clock: clock}
	a, err := e.openCaughtUp(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if err := a.search.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, err := a.search.Find(t.Context(), name, 10)
	if err != nil {
		t.Fatal(err)
	}
	exact := 0
	for _, p := range found.People {
		if p.Name == name {
			exact++
		}
	}
	if exact != want {
		t.Errorf("the search finds %q %d times, want %d", name, exact, want)
	}
	var rows int
	err = a.views.QueryRowContext(t.Context(), "SELECT count(*) FROM search_people WHERE data IS NOT NULL").Scan(&rows)
	if err != nil || rows != people {
		t.Errorf("%d people whose sealed data the views hold, want %d, %v", rows, people, err)
	}
}

// personOf is the history of a person, as anybody gets it who may read persons.
func personOf(t *testing.T, data, reference string) string {
	t.Helper()
	return must(t, "history", "person/"+reference, "--data", data, "--format", "json")
}

// figuresOnly leaves out how far the log is.
func figuresOnly(figures string) string { return position.ReplaceAllString(figures, "") }

// TestNobodyWithAMeritDossierIsErased: by no way into the program. The error says which dossier and which article.
func TestNobodyWithAMeritDossierIsErased(t *testing.T) {
	t.Parallel()
	data, _ := peopled(t, 2)
	dossier := `{"command":"merit.start_allowance","case":"NCC-1","occurred":"2024-04-05","data":{"person":"NLD-1","commune":"06550","category":"g","from":"2024-04","level":2000000}}` + "\n"
	erase := `{"command":"person.erase","case":"NLD-1","occurred":"2024-05-02","data":{"ground":"request"}}` + "\n"
	// The dossier and the erasure in one file: the views have not seen the first when the second comes.
	for _, input := range []string{dossier + erase, erase} {
		for _, flags := range [][]string{nil, {"--dry-run"}} {
			if code, said := importLines(t, data, input, flags...); code != 3 || !strings.Contains(said, "merit.kept_for_ever") {
				t.Errorf("%v: %d %s", flags, code, said)
			}
		}
	}
	r := hoso(t, "erase", "person/NLD-1", "--data", data, "--ground", "court", "--by", "lan", "--yes")
	if r.code != 3 || !strings.Contains(r.err, "[merit.kept_for_ever]") || !strings.Contains(r.err, "NĐ 131/2021 Đ128.6") || !strings.Contains(r.err, "merit-") {
		t.Errorf("%d %s", r.code, r.err)
	}
	must(t, "erase", "person/NLD-0", "--data", data, "--ground", "court", "--by", "lan", "--yes")
	// Another record of somebody is told of.
	link := `{"command":"person.register","case":"NLD-8","occurred":"2024-05-01","data":{"name":"Lương Thị Sao"}}
{"command":"person.register","case":"NLD-9","occurred":"2024-05-01","data":{"name":"Lương Thị Sao"}}
{"command":"person.link","case":"NLD-8","occurred":"2024-05-02","data":{"same_as":"NLD-9","reason":"cùng sổ hộ khẩu"}}
`
	if r := hosoWith(t.Context(), link, "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.out, r.err)
	}
	if r := hoso(t, "erase", "person/NLD-9", "--data", data, "--ground", "request", "--by", "lan", "--yes"); r.code != 0 || !strings.Contains(r.err, "[person.linked_left]") {
		t.Errorf("%d %s", r.code, r.err)
	}
	if r := hoso(t, "erase", "person/NLD-8", "--data", data, "--ground", "request", "--by", "lan", "--yes"); r.code != 0 || r.err != "" {
		t.Errorf("%d %s", r.code, r.err)
	}
}

// importLines imports lines, and returns what was said, also about refused ones.
func importLines(t *testing.T, data, lines string, flags ...string) (code int, said string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "lines.jsonl")
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	r := hoso(t, append([]string{"import", "--data", data, path}, flags...)...)
	refused, _ := os.ReadFile(path + ".errors.jsonl")
	return r.code, r.out + r.err + string(refused)
}
