package intake_test

import (
	"encoding/json"
	"errors"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/intake"
	"hoso/domain/person"
	"hoso/domain/unemployment"
)

// now is 20/4/2024 in Vietnam, and still the 19th in London.
func now() time.Time { return time.Date(2024, 4, 19, 18, 0, 0, 0, time.UTC) }

var office = domaintest.Keys()

func parser(t testing.TB) *intake.Parser {
	names, err := intake.NewNames(t.Context(), office)
	if err != nil {
		t.Fatal(err)
	}
	return intake.NewParser(catalog.All(), names, intake.Nobody{}, now)
}

func parse(t *testing.T, p *intake.Parser, line string) intake.Line {
	t.Helper()
	l, err := p.Parse(t.Context(), []byte(line))
	if err != nil {
		t.Fatalf("%s: %v (%s)", line, err, domain.CodeOf(err))
	}
	return l
}

const (
	registerLan = `{"command":"person.register","case":"nguoi-1","data":{"identity":"020085001234","name":"Nông Thị Lan","born":"1985-02","commune":"06550"}}`
	fileLan     = `{"command":"unemployment.file","case":"HS-1","occurred":"2024-04-03","actor":"canbo-1","unit":"178","data":{"person":"nguoi-1","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`
	decideLan   = `{"command":"unemployment.decide","case":"HS-1","occurred":"2024-04-18","data":{"level":3000000,"months":3}}`
)

func TestAPersonIsNamedByReference(t *testing.T) {
	p := parser(t)
	lan := parse(t, p, registerLan)
	file := parse(t, p, fileLan)
	if c := file.Command.(unemployment.File); c.Person.UUID != lan.Case.ID {
		t.Errorf("the claim is about %s, registered was %s", c.Person, lan.Case.ID)
	}
	if lan.Occurred != 20240420 {
		t.Errorf("a registration without a date happened on %s, want today in Vietnam", lan.Occurred)
	}
	again := parse(t, parser(t), strings.ReplaceAll(registerLan, "nguoi-1", "NLD/77"))
	if again.Case != lan.Case {
		t.Error("the same identity number under another reference is another person")
	}
	if again.Command.(person.Register).Reference == lan.Command.(person.Register).Reference {
		t.Error("two references have one hash")
	}
	if file.Case.ID.Version() != 8 || lan.Case.ID.Version() != 8 || lan.ID.Version() != 8 {
		t.Error("an id made by hash is not of version 8")
	}
}

func TestReferencesAndIDs(t *testing.T) {
	p := parser(t)
	parse(t, p, registerLan)
	id := "0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c"
	for _, written := range []string{id, strings.ToUpper(id), "unemployment-" + id, "  " + id} {
		l := parse(t, p, strings.ReplaceAll(fileLan, "HS-1", written))
		if l.Case.String() != "unemployment-"+id {
			t.Errorf("case %q is %s", written, l.Case)
		}
	}
	// "ồ" in one letter and in three are the same reference, and so is one with spaces around it.
	a, b := parse(t, p, strings.ReplaceAll(fileLan, "HS-1", "Hồ sơ 1")), parse(t, p, strings.ReplaceAll(fileLan, "HS-1", " Ho\u0302\u0300 so\u031b 1 "))
	if a.Case != b.Case {
		t.Error("one reference, two cases")
	}
	// An office may number all its lists from 1.
	if c := parse(t, p, `{"command":"person.register","case":"Hồ sơ 1","data":{"name":"A"}}`); c.Case.ID == a.Case.ID {
		t.Error("two case types share an id")
	}
}

func TestEveryMistakeIsNamed(t *testing.T) {
	nested := strings.Repeat("[", 1000) + strings.Repeat("]", 1000)
	swap := func(line, old, new string) string {
		if !strings.Contains(line, old) {
			panic(old)
		}
		return strings.Replace(line, old, new, 1)
	}
	tests := []struct{ name, line, code, field string }{
		{"not UTF-8", swap(fileLan, "HS-1", "H\xf4\xe0"), "line.not_utf8", ""},
		{"half a surrogate pair", swap(fileLan, "HS-1", `\ud83d`), "line.broken_text", "case"},
		{"a letter already lost", swap(registerLan, "Nông", "N\ufffdng"), "line.broken_text", "data.name"},
		{"NUL", swap(registerLan, "Nông", `N\u0000ng`), "line.broken_text", "data.name"},
		{"cut off", fileLan[:60], "line.not_json", ""},
		{"something after it", fileLan + "{}", "line.not_json", ""},
		{"a list", "[" + fileLan + "]", "line.not_json", ""},
		{"too deep", swap(fileLan, `"HS-1"`, nested), "line.not_json", ""},
		{"unknown field", swap(fileLan, `"actor"`, `"acter"`), "line.unknown_field", "acter"},
		{"repeated field", swap(fileLan, `"case"`, `"case":"HS-2","case"`), "line.repeated_field", "case"},
		{"repeated field in the data", swap(decideLan, `"months":3`, `"months":3,"months":4`), "line.repeated_field", "data.months"},
		{"repeated by an escape", swap(decideLan, `"months":3`, `"months":3,"m\u006fnths":4`), "line.repeated_field", "data.months"},
		{"no command", swap(decideLan, `"command":"unemployment.decide",`, ``), "line.missing", "command"},
		{"unknown command", swap(decideLan, `unemployment.decide`, `unemployment.deside`), "line.unknown_command", "command"},
		{"no case", swap(decideLan, `"case":"HS-1",`, ``), "line.missing", "case"},
		{"case of spaces", swap(decideLan, `HS-1`, `  `), "line.missing", "case"},
		{"case a number", swap(decideLan, `"HS-1"`, `1`), "line.ill_typed", "case"},
		{"case a book", swap(decideLan, `HS-1`, strings.Repeat("x", 201)), "line.too_long_reference", "case"},
		{"no date", swap(decideLan, `"occurred":"2024-04-18",`, ``), "line.missing", "occurred"},
		{"31 April", swap(decideLan, `2024-04-18`, `2024-04-31`), "line.not_a_date", "occurred"},
		{"another form of date", swap(decideLan, `2024-04-18`, `18/4/2024`), "line.not_a_date", "occurred"},
		{"tomorrow in Vietnam", swap(decideLan, `2024-04-18`, `2024-04-21`), "line.in_future", "occurred"},
		{"id no uuid", swap(decideLan, `"case"`, `"id":"17","case"`), "line.ill_typed", "id"},
		{"actor a person's name", swap(decideLan, `"case"`, `"actor":"Nguyễn Văn A","case"`), "line.ill_typed", "actor"},
		{"no data", `{"command":"unemployment.collect","case":"HS-1","occurred":"2024-04-18"}`, "line.missing", "data"},
		{"data a list", `{"command":"unemployment.collect","case":"HS-1","occurred":"2024-04-18","data":[]}`, "line.ill_typed", "data"},
		{"field by another name", swap(fileLan, `"sex"`, `"gender"`), "data.missing", "data.sex"},
		{"one field too many", swap(decideLan, `"months":3`, `"months":3,"note":"x"`), "data.unknown_field", "data.note"},
		{"negative amount", swap(decideLan, `3000000`, `-3000000`), "data.too_small", "data.level"},
		{"amount of parts", swap(decideLan, `3000000`, `3000000.5`), "data.ill_typed", "data.level"},
		{"amount in words", swap(decideLan, `3000000`, `"ba triệu"`), "data.ill_typed", "data.level"},
		{"31 April in the data", swap(decideLan, `"months"`, `"start":"2024-04-31","months"`), "data.ill_typed", "data.start"},
		{"not an allowed value", swap(fileLan, `direct`, `pigeon`), "data.not_allowed", "data.channel"},
		{"unknown commune", swap(fileLan, `06550`, `99999`), "data.ill_typed", "data.commune"},
		{"unknown person", swap(fileLan, `nguoi-1`, `nguoi-2`), "person.unknown", "data.person"},
		{"unknown person by id", swap(fileLan, `nguoi-1`, uuid.NewString()), "person.unknown", "data.person"},
		{"commune of nowhere", swap(fileLan, `06550`, `xã Nông Thị Lan`), "area.unknown", "data.commune"},
		{"commune that several are called", swap(fileLan, `06550`, `xã Chi Lăng`), "area.ambiguous", "data.commune"},
		{"commune of another day", swap(fileLan, `06550`, `xã Tuấn Sơn`), "area.unknown", "data.commune"},
		{"commune a number", swap(fileLan, `"06550"`, `6550`), "data.ill_typed", "data.commune"},
		{"person a number", swap(fileLan, `"nguoi-1"`, `1`), "data.ill_typed", "data.person"},
		{"unknown person to erase", `{"command":"person.erase","case":"nguoi-9","occurred":"2024-04-18","data":{"ground":"request"}}`, "person.unknown", "case"},
		{"identity number too short", swap(registerLan, `020085001234`, `02008500123`), "data.ill_typed", "data.identity"},
		{"born on 31 April", swap(registerLan, `1985-02`, `1985-04-31`), "data.ill_typed", "data.born"},
		{"reference of somebody else", swap(registerLan, `020085001234`, `020085009999`), "person.reference_reused", "case"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := parser(t)
			parse(t, p, registerLan)
			_, err := p.Parse(t.Context(), []byte(test.line))
			var e *domain.Error
			if !errors.As(err, &e) || e.Code != test.code || e.Field != test.field || e.Msg == "" {
				t.Fatalf("got %v (%s), want %s at %q", err, domain.CodeOf(err), test.code, test.field)
			}
			quotesNothing(t, test.line, e)
		})
	}
}

// quotesNothing fails where the message holds a value of the line: in the wrong column, it may be a name.
func quotesNothing(t testing.TB, line string, e *domain.Error) {
	t.Helper()
	var o map[string]any
	if json.Unmarshal([]byte(line), &o) != nil {
		return
	}
	data, _ := o["data"].(map[string]any)
	for field, v := range data {
		if s, ok := v.(string); ok && len(s) > 3 && strings.Contains(e.Error(), s) && s != e.Field && !strings.Contains(e.Msg, "chỉ nhận một trong") && e.Code != "area.ambiguous" {
			t.Errorf("the message quotes data.%s: %s", field, e.Msg)
		}
	}
}

func TestDatesInTheDataAreNotQuoted(t *testing.T) {
	line := strings.Replace(decideLan, `"months"`, `"start":"Nông Thị Lan","months"`, 1)
	_, err := parser(t).Parse(t.Context(), []byte(line))
	if err == nil || strings.Contains(err.Error(), "Lan") {
		t.Fatalf("a name in the wrong column comes back in the error: %v", err)
	}
}

func TestOrderOfFieldsDoesNotMatter(t *testing.T) {
	for _, line := range []string{registerLan, fileLan, decideLan} {
		p := parser(t)
		parse(t, p, registerLan)
		want := parse(t, p, line)
		for seed := range uint64(20) {
			got := parse(t, p, shuffled(line, rand.New(rand.NewPCG(seed, 0))))
			if got.ID != want.ID || got.Fingerprint != want.Fingerprint || got.Case != want.Case {
				t.Fatalf("another order of %s gives other ids", line)
			}
		}
	}
}

// shuffled writes a line with its fields in another order and other spaces.
func shuffled(line string, r *rand.Rand) string {
	var o map[string]json.RawMessage
	if err := json.Unmarshal([]byte(line), &o); err != nil {
		return line
	}
	names := slices.Sorted(maps.Keys(o))
	r.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	var b strings.Builder
	for i, name := range names {
		value := string(o[name])
		if strings.HasPrefix(value, "{") {
			value = shuffled(value, r)
		}
		b.WriteString([]string{"{ ", ", "}[min(i, 1)] + `"` + name + `":` + value)
	}
	return b.String() + " }"
}

func TestContentMakesTheIDs(t *testing.T) {
	p := parser(t)
	a := parse(t, p, decideLan)
	b := parse(t, p, strings.Replace(decideLan, `"months":3`, `"months":4`, 1))
	if a.ID == b.ID || a.Fingerprint == b.Fingerprint || a.Case != b.Case {
		t.Error("other content, same id")
	}
	// The id may be given; what the command says is still what the fingerprint tells.
	given := parse(t, p, strings.Replace(decideLan, `"case"`, `"id":"0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c","case"`, 1))
	if !given.Given || given.ID.String() != "0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c" || given.Fingerprint != a.Fingerprint {
		t.Errorf("given id: %+v", given)
	}
	// Another office has other ids.
	names, _ := intake.NewNames(t.Context(), domaintest.Keys())
	other := parse(t, intake.NewParser(catalog.All(), names, intake.Nobody{}, now), decideLan)
	if other.ID == a.ID || other.Case == a.Case {
		t.Error("ids can be guessed without the office's secret")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		registerLan, fileLan, decideLan, "", "{}", "null", `{"command":1}`, "\xff\xfe{", `{"data":{"a":{"b":[1,2,{"c":null}]}}}`,
		strings.Replace(decideLan, "2024-04-18", "2024-04-31", 1), strings.Replace(decideLan, "3000000", "1e999", 1),
		strings.Replace(decideLan, "3000000", "-0", 1), strings.Replace(fileLan, "nguoi-1", `\ud800`, 1),
		`{"command":"unemployment.correct","case":"HS-1","occurred":"2024-04-18","data":{"version":1,"reason":"x","requester":"a","approver":"b","data":{"level":1}}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		p := parser(t)
		parse(t, p, registerLan)
		a, err := p.Parse(t.Context(), []byte(line))
		if err != nil {
			var e *domain.Error
			if !errors.As(err, &e) || e.Code == "" || e.Msg == "" || (e.Kind != domain.Invalid && e.Kind != domain.Conflict) {
				t.Fatalf("not an answer for a clerk: %#v", err)
			}
			quotesNothing(t, line, e)
			return
		}
		b := parse(t, p, shuffled(line, rand.New(rand.NewPCG(1, 1))))
		if a.ID != b.ID || a.Fingerprint != b.Fingerprint || a.Case != b.Case || a.ID == uuid.Nil || a.Case.ID == uuid.Nil {
			t.Fatalf("parsing twice differs: %v %v", a.ID, b.ID)
		}
		if a.Occurred.IsZero() || a.Occurred > 20240420 {
			t.Fatalf("date %s", a.Occurred)
		}
	})
}
