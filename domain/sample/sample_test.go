package sample_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/yamlfigures"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/sample"
)

func in(year, month int) calendar.Range {
	return calendar.Civil.Month(calendar.Month{Year: year, Month: time.Month(month)})
}

// tester is what testing.T and rapid.T have in common.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
	Context() context.Context
}

// recount runs the lines through the deciders and adds up what their events contribute: the sample's own word is not
// taken for it. It fails where a command is refused.
func recount(t tester, lines []byte) []domain.Contribution {
	t.Helper()
	cat, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	handler := domain.NewHandler(cat, log, keys, func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) })
	id := func(kind, ref string) uuid.UUID { return uuid.NewSHA1(uuid.NameSpaceOID, []byte(kind+ref)) }
	for i, raw := range bytes.Split(bytes.TrimSpace(lines), []byte("\n")) {
		if len(raw) == 0 {
			continue
		}
		var l struct {
			Command, Case string
			Occurred      calendar.Date
			Data          map[string]json.RawMessage
		}
		if err := json.Unmarshal(raw, &l); err != nil {
			t.Fatal(err)
		}
		if ref, ok := l.Data["person"]; ok {
			l.Data["person"], _ = json.Marshal(id("person", string(bytes.Trim(ref, `"`))))
		}
		data, _ := json.Marshal(l.Data)
		command, ok := cat.Command(l.Command)
		if !ok {
			t.Fatalf("line %d: no command %s", i+1, l.Command)
		}
		c, err := command.Decode(data)
		if err != nil {
			t.Fatalf("line %d: %v\n%s", i+1, err, raw)
		}
		kind, _, _ := bytes.Cut([]byte(l.Command), []byte("."))
		request := domain.Request{ID: id("command", string(raw)), Case: domain.StreamID{Type: string(kind), ID: id(string(kind), l.Case)},
			Command: c, Occurred: l.Occurred, Actor: domain.Actor{ID: "test"}}
		if _, err := handler.Handle(t.Context(), request); err != nil {
			t.Fatalf("line %d: %v\n%s", i+1, err, raw)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	head, err := log.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var all []domain.Contribution
	if head == 0 {
		return nil
	}
	codec := cat.Codec(keys)
	for e, err := range log.Follow(ctx, 0) {
		if err != nil {
			t.Fatal(err)
		}
		event, err := codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		cs, err := cat.Contributions(e.Stream.Type, domain.Act{Event: event, Occurred: e.Meta.Occurred})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, cs...)
		if e.Position == head {
			break
		}
	}
	return all
}

// value is the naive figure of a target: a sum over all contributions, or the persons among them.
func value(cat *domain.Catalog, all []domain.Contribution, t sample.Target, key, part string) int64 {
	ind, _ := cat.Indicator(t.Indicator)
	sum, persons := int64(0), map[domain.PersonID]bool{}
	for _, c := range all {
		if c.Indicator == t.Indicator && t.Days.Has(c.Occurred) && (key == "" || domain.SplitOf(c.Breakdown)[key] == part) {
			sum += c.Quantity
			persons[c.Person] = true
		}
	}
	if ind.Measure == domain.Distinct {
		return int64(len(persons))
	}
	return sum
}

func check(t tester, plan sample.Plan, seed uint64) int {
	t.Helper()
	var out bytes.Buffer
	if err := sample.Write(&out, catalog.All(), plan, seed); err != nil {
		t.Fatalf("%v\n%+v", err, plan)
	}
	cat, all := catalog.All(), recount(t, out.Bytes())
	for _, target := range plan.Targets {
		if got := value(cat, all, target, "", ""); got != target.Value {
			t.Errorf("%s: %d, want %d", target, got, target.Value)
		}
		for key, parts := range target.By {
			for part, want := range parts {
				if got := value(cat, all, target, key, part); got != want {
					t.Errorf("%s %s=%s: %d, want %d", target, key, part, got, want)
				}
			}
		}
	}
	return bytes.Count(out.Bytes(), []byte("\n"))
}

func TestClaimsOfTheReport(t *testing.T) {
	t.Parallel()
	q1 := calendar.Range{From: 20240101, To: 20240331}
	n := check(t, sample.Plan{Province: "20", Targets: []sample.Target{
		{Where: "a", Indicator: "unemployment.claims", Days: in(2024, 4), Value: 451},
		{Where: "a", Indicator: "unemployment.decisions", Days: in(2024, 4), Value: 269},
		{Where: "a", Indicator: "unemployment.amount_decided", Days: in(2024, 4), Value: 4622000000},
		{Where: "b", Indicator: "unemployment.claims", Days: q1, Value: 921},
		{Where: "b", Indicator: "unemployment.decisions", Days: q1, Value: 1159},
		{Where: "b", Indicator: "unemployment.amount_decided", Days: q1, Value: 17948000000},
		{Where: "c", Indicator: "unemployment.claims", Days: in(2023, 4), Value: 1164},
	}}, 1)
	if n < 20_000 {
		t.Errorf("only %d lines", n)
	}
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	plan := sample.Plan{Province: "01", Targets: []sample.Target{{Where: "m", Indicator: "unemployment.claims", Days: in(2024, 4), Value: 40}}}
	var a, b, c bytes.Buffer
	for seed, out := range map[uint64]*bytes.Buffer{7: &a, 8: &c} {
		if err := sample.Write(out, catalog.All(), plan, seed); err != nil {
			t.Fatal(err)
		}
	}
	if err := sample.Write(&b, catalog.All(), plan, 7); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two runs with one seed differ")
	}
	if bytes.Equal(a.Bytes(), c.Bytes()) {
		t.Error("another seed makes no difference")
	}
}

// TestMain keeps the many figures to a few random plans each; -rapid.checks asks for more.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", "6"); err != nil {
		panic(err)
	}
	flag.Parse()
	os.Exit(m.Run())
}

func TestTheReportOfApril2024(t *testing.T) {
	t.Parallel()
	plan, _, err := yamlfigures.Parse(yamlfigures.LangSonApril2024, catalog.All(), catalog.Agreed)
	if err != nil {
		t.Fatal(err)
	}
	if n := check(t, plan, 1); n < 20_000 {
		t.Errorf("only %d lines", n)
	}
}
