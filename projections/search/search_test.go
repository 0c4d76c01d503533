package search_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
	"hoso/domain/person"
	"hoso/domain/unemployment"
	"hoso/projections"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

type office struct {
	*search.Reader
	*testing.T
	handler *domain.Handler
	runner  *projections.Runner
	names   intake.Names
	log     domain.EventLog
	dir     string
	again   func() *search.Reader // a process that starts anew
}

func newOffice(t *testing.T) *office {
	c, log, keys := catalog.All(), memlog.New(), domaintest.Keys()
	codec, dir := c.Codec(keys), t.TempDir()
	views := []projections.View{worklist.NewView(c, codec, log), search.NewView(codec)}
	f, err := sqliteviews.Open(t.Context(), dir, projections.Generation(views...))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	r, err := projections.New(t.Context(), log, codec, f, views...)
	if err != nil {
		t.Fatal(err)
	}
	names, err := intake.NewNames(t.Context(), keys)
	if err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return time.Date(2024, 6, 1, 0, 0, 0, 0, time.UTC) }
	again := func() *search.Reader {
		return search.NewReader(c, codec, f.DB(), names, worklist.NewReader(c, f.DB()))
	}
	return &office{again(), t, domain.NewHandler(c, log, keys, clock), r, names, log, dir, again}
}

func (o *office) do(id domain.StreamID, c domain.Command) domain.Outcome {
	o.Helper()
	out, err := o.handler.Handle(o.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: 20240401, Actor: domain.Actor{ID: "lan"}})
	if err != nil {
		o.Fatalf("%s: %v", c.CommandName(), err)
	}
	if err := o.runner.CatchUp(o.Context(), out.Position); err != nil {
		o.Fatal(err)
	}
	if err := o.Refresh(o.Context()); err != nil {
		o.Fatal(err)
	}
	return out
}

func (o *office) register(name, number string) domain.StreamID {
	o.Helper()
	id := domain.StreamID{Type: "person", ID: uuid.New()}
	r := person.Register{Name: domain.Hide(name), Reference: uuid.New()}
	if number != "" {
		id.ID = o.names.Pseudonym("identity:" + number)
		r.Identity, r.Born = domain.Hide(person.Identity(number)), domain.Hide(person.Born("1985-02"))
	}
	o.do(id, r)
	return id
}

func (o *office) found(r *search.Reader, text string) (names []string) {
	o.Helper()
	res, err := r.Find(o.Context(), text, 5)
	if err != nil {
		o.Fatalf("%q: %v", text, err)
	}
	for _, p := range res.People {
		names = append(names, p.Name)
	}
	return names
}

func TestAnySpelling(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for _, n := range []string{"Đặng Thị Hòa", "Nguyễn Văn An", "Nguyễn Văn Ẩn", "Nguyễn Văn Anh", "Lý Thúy Hoa", "Hoàng A", "Vi Văn Nguyên", "An Văn Nguyễn"} {
		o.register(n, "")
	}
	for text, want := range map[string][]string{
		"Nguyễn Văn An": {"Nguyễn Văn An", "Nguyễn Văn Ẩn", "Nguyễn Văn Anh", "An Văn Nguyễn"},
		"nguyen van an": {"Nguyễn Văn Ẩn", "Nguyễn Văn An", "Nguyễn Văn Anh", "An Văn Nguyễn"}, // equals: the latest first
		"NGUYỄN VĂN ẨN": {"Nguyễn Văn Ẩn", "Nguyễn Văn An", "Nguyễn Văn Anh", "An Văn Nguyễn"},
		"dang thi hoa":  {"Đặng Thị Hòa"},
		"Đặng Thị Hoà":  {"Đặng Thị Hòa"}, // the tone on the other vowel
		"ðặng hoa":      {"Đặng Thị Hòa"}, // an old encoding's letter, and a name left out
		"hoa":           {"Lý Thúy Hoa", "Đặng Thị Hòa", "Hoàng A"},
		"hòa":           {"Đặng Thị Hòa", "Lý Thúy Hoa", "Hoàng A"},
		"lí thuý hoa":   {"Lý Thúy Hoa"},
		"  thuy   HO ":  {"Lý Thúy Hoa"},
		"Đặng Thị Hòa":  {"Đặng Thị Hòa"}, // decomposed
		"guyen":         nil,              // no beginning of a word
		"x' OR '1'='1":  nil,
		"%":             nil,
		"":              nil,
		"\x00":          nil,
	} {
		if got := o.found(o.Reader, text); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
	if _, err := o.Find(t.Context(), strings.Repeat("a", 201), 5); domain.KindOf(err) != domain.Invalid {
		t.Errorf("a book: %v", err)
	}
}

func TestIdentityNumbersAreExactAndMasked(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.register("Triệu Thị Mai", "020185001234")
	for _, text := range []string{"020185001234", "020 185 001 234", "020.185.001234"} {
		r, err := o.Find(t.Context(), text, 5)
		if err != nil || len(r.People) != 1 || r.People[0].Identity != "020******234" || r.People[0].Born != "1985" {
			t.Errorf("%q: %+v, %v", text, r, err)
		}
	}
	for _, text := range []string{"020185001235", "0201850012", "20185001234", "020185*"} {
		if r, err := o.Find(t.Context(), text, 5); err != nil || len(r.People) != 0 {
			t.Errorf("%q: %+v, %v", text, r, err)
		}
	}
}

func TestCasesByIDReferenceAndDocument(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	who := o.register("Triệu Thị Mai", "")
	id := domain.StreamID{Type: "unemployment", ID: o.names.Case("unemployment", "TN-2024/17")}
	o.do(id, unemployment.File{Person: domain.PersonID{UUID: who.ID}, Commune: "05971", Sex: "female", BirthYear: 1985, Channel: "direct", Residence: "own", Paid: 30})
	o.do(id, unemployment.Decide{Number: "123/QĐ-SLĐTBXH", Level: 3_000_000, Months: 3, Start: 20240417})
	for text, found := range map[string]bool{
		id.Type + "-" + id.ID.String()[:8]: true, id.ID.String()[:8]: true, strings.ToUpper(id.ID.String()[:8]): true, "merit-" + id.ID.String()[:8]: false, id.ID.String()[:6]: false,
		"TN-2024/17": true, id.String(): true, id.ID.String(): true, "123/qd-sldtbxh": true, "123/QĐ": true, "TN-2024/18": false, "23/QĐ": false, who.String(): false,
	} {
		r, err := o.Find(t.Context(), text, 5)
		if err != nil || found != slices.Equal(r.Cases, []domain.StreamID{id}) || !found && len(r.Cases) > 0 {
			t.Errorf("%q: %v, %v", text, r.Cases, err)
		}
	}
	o.do(id, domain.Void{Type: "unemployment", Version: 2, Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"})
	if r, _ := o.Find(t.Context(), "123/QĐ", 5); len(r.Cases) != 0 {
		t.Errorf("of a voided decision: %v", r.Cases)
	}
}

func TestCorrectionsAndOtherNames(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.register("Hoàng Văn Sai", "")
	o.do(id, person.Register{Name: domain.Hide("Hoàng Văn Đúng"), Reference: uuid.New()})
	if got := o.found(o.Reader, "dung"); !slices.Equal(got, []string{"Hoàng Văn Sai"}) {
		t.Errorf("by the name of another list: %q", got)
	}
	if got := o.found(o.Reader, "hoang van"); len(got) != 1 {
		t.Errorf("under two names: %q", got)
	}
	o.do(id, domain.Correct{Type: "person", Version: 1, Data: []byte(`{"name":"Hoàng Văn Phải"}`), Reason: domain.Hide("nhầm"), Requester: "a", Approver: "b"})
	for _, r := range []*search.Reader{o.Reader, o.again()} {
		if err := r.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := o.found(r, "sai"); got != nil {
			t.Errorf("by the wrong name: %q", got)
		}
		if got := o.found(r, "phải"); !slices.Equal(got, []string{"Hoàng Văn Phải"}) {
			t.Errorf("by the right name: %q", got)
		}
	}
}

// Nothing readable lies on disk at any time, and after an erasure nothing is found, by nobody, and nothing is in memory.
func TestErasure(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := o.register("Lương Thị Quỳnh Xuyến", "020185001299")
	o.register("Lương Thị Xuân", "")
	onDisk := func() bool {
		found := false
		files, _ := filepath.Glob(filepath.Join(o.dir, "*"))
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil || len(files) < 2 {
				t.Fatal(err, files)
			}
			for _, w := range []string{"Xuyến", "xuyen", "Lương", "luong", "020185001299"} {
				found = found || bytes.Contains(b, []byte(w))
			}
		}
		return found
	}
	if got := o.found(o.Reader, "luong thi"); len(got) != 2 || onDisk() {
		t.Errorf("before: %q, on disk: %t", got, onDisk())
	}
	o.do(id, person.Erase{Ground: "request"})
	late := o.again()
	for name, r := range map[string]*search.Reader{"the same": o.Reader, "one that starts later": late} {
		if err := r.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"luong thi", "xuyen", "020185001299"} {
			for _, n := range o.found(r, text) {
				if strings.Contains(n, "Xuyến") {
					t.Errorf("%s finds %q by %q", name, n, text)
				}
			}
		}
		if search.InMemory(r, "xuyen") || search.InMemory(r, "quynh") || !search.InMemory(r, "xuan") {
			t.Errorf("%s: still in memory", name)
		}
	}
	if onDisk() {
		t.Error("a name lies on disk")
	}
}
