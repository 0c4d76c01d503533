package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/intake"
	"hoso/domain/period"
	"hoso/projections/closing"
	"hoso/projections/figures"
	"hoso/projections/report"
)

func closing24(data, month, number string, more ...string) []string {
	return append([]string{"close", "--data", data, "--area", "20", "--month", month, "--number", number, "--signer", "Giám đốc",
		"--signed", "2024-05-02", "--by", "lan", "--approver", "minh"}, more...)
}

func TestWhatCannotBeClosed(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	refused := func(code string, args ...string) {
		t.Helper()
		if r := hoso(t, args...); r.code == 0 || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "["+code+"]\n") {
			t.Errorf("want %s, got %+v", code, r)
		}
	}
	refused("period.not_published", "report", "--data", data, "--area", "20", "--month", "2024-03", "--published")
	refused("close.not_published", closing24(data, "2024-03", "1/BC", "--reissue", "x")...)
	refused("usage", closing24(data, "2024-03", "1/BC", "--as-of", "2")...)
	refused("usage", closing24(data, "2024-03", "1/BC", "--signed", "hôm nay")...)
	refused("period.own_approval", append(closing24(data, "2024-03", "1/BC"), "--approver", "lan")...)
	refused("close.earlier_open", closing24(data, "2024-04", "2/BC")...) // March was submitted and is open

	must(t, closing24(data, "2024-03", "1/BC", "--dry-run")...)
	must(t, closing24(data, "2024-03", "1/BC")...)
	refused("close.already_published", closing24(data, "2024-03", "1/BC")...)
	refused("close.earlier_open", closing24(data, "2024-05", "3/BC")...) // April was left out
	refused("period.same_number", closing24(data, "2024-03", "1/BC", "--reissue", "thiếu số liệu")...)
	must(t, closing24(data, "2024-03", "5/BC", "--reissue", "thiếu số liệu")...)
	if first, second := must(t, "report", "--data", data, "--area", "20", "--month", "2024-03", "--issue", "1", "--format", "json"), must(t, "report", "--data", data, "--area", "20", "--month", "2024-03", "--published", "--format", "json"); first == second {
		t.Error("the reissue is of a later position and says the same")
	}
	refused("period.not_published", "report", "--data", data, "--area", "20", "--month", "2024-03", "--issue", "3")
	// Nobody hands in a publication of his own.
	line := `{"command":"period.publish","case":"x","occurred":"2024-05-02","data":{"number":"1","signer":"x","position":1,"spec_digest":"","areas_digest":"","figures":[],"content":"{}","digest":""}}`
	if r := hosoWith(t.Context(), line, "import", "--data", data, "-"); r.code != 3 || !strings.Contains(r.out, "bị từ chối 1") {
		t.Errorf("%+v", r)
	}
	// Steps may be taken one by one, by people.
	if r := hosoWith(t.Context(), `{"command":"period.open","case":"kỳ 4","occurred":"2024-05-02","actor":"lan","data":{"spec":"so-ldtbxh-2024","area":"20","calendar":"calendar","month":"2024-04"}}`+"\n", "import", "--data", data, "-"); r.code != 0 {
		t.Errorf("%+v", r)
	}
	must(t, closing24(data, "2024-04", "6/BC")...)
}

// TestTwoCloseAtOnce: of many who publish one month at once, one wins; the others are told.
func TestTwoCloseAtOnce(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "data")
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	e := &env{clock: clock}
	a, err := e.openCaughtUp(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	q := figures.Query{Month: calendar.Month{Year: 2024, Month: 4}, Area: "20", Calendar: calendar.Civil}
	spec, err := a.specs.Find("", q.Month)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		all.Go(func() {
			c := closeCommand{Number: fmt.Sprintf("%d/BC", i), Signer: "Giám đốc", By: "lan", Approver: "minh"}
			_, _, errs[i] = c.close(t.Context(), a, spec, q, 20240502)
		})
	}
	all.Wait()
	won := 0
	for _, err := range errs {
		switch domain.CodeOf(err) {
		case "period.not_allowed_now", "close.already_published", "command.contended":
		default:
			if err != nil {
				t.Error(err)
			}
			won++
		}
	}
	if err := a.catchUp(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	published, err := a.periods.Publications(t.Context(), closing.SeriesOf(spec, q), 0)
	if err != nil || len(published) != 1 || won != 1 {
		t.Errorf("%d won, %d publications, %v: %v", won, len(published), err, errs)
	}
}

// TestAYearOfReports closes a year month by month while claims of any earlier month are filed, moved, voided and reissued
// between: every close finds that the year to date is what was published and adjusted.
func TestAYearOfReports(t *testing.T) {
	t.Parallel()
	adjusted := 0
	for seed := range uint64(12) {
		dice := rand.New(rand.NewPCG(seed, 5))
		e := &env{clock: func() time.Time { return time.Date(2025, 1, 20, 3, 0, 0, 0, time.UTC) }, out: io.Discard, err: io.Discard}
		a, err := e.openNew(t.Context(), alone(t.TempDir()))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(a.close)
		run := func(line string, args ...any) {
			if err := a.catchUp(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			if _, err := a.importer().Run(t.Context(), strings.NewReader(fmt.Sprintf(line, args...)), func(r intake.Refusal) { t.Fatal(r) }); err != nil {
				t.Fatal(err)
			}
		}
		run(`{"command":"person.register","case":"NLD","occurred":"2024-01-01","data":{"name":"Nông Thị Lan","born":"1985"}}`)
		claims, standing, number := 0, []int{}, 0
		day := func(upTo int) calendar.Date { return calendar.Date(20240101).AddDays(dice.IntN(30 * upTo)) }
		publish := func(m calendar.Month, reissue string) {
			number++
			if err := a.catchUp(t.Context(), e); err != nil {
				t.Fatal(err)
			}
			q := figures.Query{Month: m, Area: "20", Calendar: calendar.Civil}
			spec, err := a.specs.Find("", m)
			if err != nil {
				t.Fatal(err)
			}
			c := closeCommand{Number: fmt.Sprintf("%d/BC", number), Signer: "Giám đốc", By: "lan", Approver: "minh", Reissue: reissue}
			if _, _, err := c.close(t.Context(), a, spec, q, 20250110); err != nil {
				t.Fatalf("seed %d, %s: %v", seed, m, err)
			}
		}
		for month := 1; month <= 6; month++ {
			for range dice.IntN(5) {
				switch {
				case len(standing) == 0 || dice.IntN(2) == 0:
					claims++
					standing = append(standing, claims)
					run(`{"command":"unemployment.file","case":"%d","occurred":"%s","data":{"person":"NLD","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}`, claims, day(month))
				case dice.IntN(2) == 0:
					run(`{"command":"unemployment.void","case":"%d","occurred":"2024-12-31","data":{"version":1,"reason":"nhầm","requester":"lan","approver":"minh"}}`, standing[0])
					standing = standing[1:]
				default:
					run(`{"command":"unemployment.correct","case":"%d","occurred":"2024-12-31","data":{"version":1,"occurred":"%s","data":{"birth_year":%d},"reason":"nhầm","requester":"lan","approver":"minh"}}`, standing[0], day(month), 1960+dice.IntN(36))
				}
			}
			publish(calendar.Month{Year: 2024, Month: time.Month(month)}, "")
			if again := dice.IntN(3*month + 1); again > 0 && again <= month {
				publish(calendar.Month{Year: 2024, Month: time.Month(again)}, "thiếu số liệu")
			}
		}
		if err := a.catchUp(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		adjusted += everyAdjustmentOpens(t, a)
	}
	if adjusted == 0 {
		t.Error("nothing was ever adjusted")
	}
}

// everyAdjustmentOpens lists the events behind every adjustment of every publication, which add up to it, and counts them.
func everyAdjustmentOpens(t *testing.T, a *app) (n int) {
	t.Helper()
	all, err := a.periods.Publications(t.Context(), period.Series{Spec: "so-ldtbxh-2024", Area: "20", Calendar: calendar.Civil}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		r, err := report.Thaw(p.Publication)
		if err != nil {
			t.Fatal(err)
		}
		for _, adj := range r.Adjusted {
			n++
			c, err := a.figures.Difference(t.Context(), figures.Opening{Query: figures.Query{Month: adj.Month, Area: "20", Indicators: []string{adj.Indicator}}}, adj.Since, p.Position)
			if err != nil {
				t.Fatal(err)
			}
			sum := int64(0)
			for _, e := range c.Differences[0].Events {
				sum += e.Quantity.Quantity
			}
			if c.Differences[0].By != adj.By || sum != adj.By.Quantity {
				t.Errorf("%s adjusts %s of %s by %v, its events come to %d", p.Number, adj.Indicator, adj.Month, adj.By, sum)
			}
		}
	}
	return n
}
