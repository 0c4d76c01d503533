package sample_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/sample"
)

// fields are indicators that the acts of one kind of case add to, or that a report states side by side.
var fields = map[string][]string{
	"sessions":    {"employment.sessions", "employment.session_employers", "employment.session_vacancies", "employment.session_interviewed", "employment.session_hired"},
	"counselling": {"employment.counselled", "employment.employers_counselled"},
	"jobseekers":  {"employment.seekers_registered", "employment.referred", "employment.placed", "employment.jobs_created"},
	"training":    {"training.joint_schools", "training.enrolled", "training.dropped", "training.graduated"},
	"register":    {"register.documents_issued", "register.plans_issued"},
}

// TestFiguresOfAFieldTogether states indicators of a field side by side for one month, in any way in which they can all
// be true at once.
func TestFiguresOfAFieldTogether(t *testing.T) {
	t.Parallel()
	for field, ids := range fields {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				targets := drawSome(t, ids, in(rapid.IntRange(2023, 2025).Draw(t, "year"), 4))
				plan := sample.Plan{Province: drawProvince(t), Targets: slices.DeleteFunc(targets, contradicts(slices.Clone(targets)))}
				check(t, plan, rapid.Uint64().Draw(t, "seed"))
			})
		})
	}
}

// TestAPlanAddsUpOrIsRefused states whatever comes, also what contradicts itself, for spans of days that lie within each
// other. A plan may be refused, but then because of its figures, and what is written adds up.
func TestAPlanAddsUpOrIsRefused(t *testing.T) {
	t.Parallel()
	for field, ids := range fields {
		t.Run(field, func(t *testing.T) {
			t.Parallel()
			rapid.Check(t, func(t *rapid.T) {
				plan := sample.Plan{Province: drawProvince(t)}
				for _, days := range []calendar.Range{in(2024, 4), {From: 20240101, To: 20240430}, in(2023, 4), {From: 20230101, To: 20231231}} {
					plan.Targets = append(plan.Targets, drawSome(t, ids, days)...)
				}
				seed := rapid.Uint64().Draw(t, "seed")
				err := sample.Write(&bytes.Buffer{}, catalog.All(), plan, seed)
				if err == nil {
					check(t, plan, seed)
				} else if !strings.HasPrefix(domain.CodeOf(err), "figures.") {
					t.Fatalf("%v\n%+v", err, plan)
				}
			})
		})
	}
}

func drawProvince(t *rapid.T) area.Code {
	return rapid.SampledFrom([]area.Code{"20", "01"}).Draw(t, "province")
}

// drawSome states some of the indicators for a span of days, each with one of its breakdowns or with none.
func drawSome(t *rapid.T, ids []string, days calendar.Range) []sample.Target {
	var targets []sample.Target
	for _, id := range ids {
		if rapid.Bool().Draw(t, "without "+id) {
			continue
		}
		ind, _ := catalog.All().Indicator(id)
		target := draw(t, ind, rapid.SampledFrom(append([]string{""}, keysOf(ind)...)).Draw(t, "by"))
		target.Where, target.Days = days.From.String()+".."+days.To.String(), days
		targets = append(targets, target)
	}
	return targets
}

// contradicts tells what cannot be true beside the other figures of its month: somebody at no session, more people hired
// than interviewed, another number of plans than there are among the documents.
func contradicts(all []sample.Target) func(sample.Target) bool {
	of := func(id string) (sample.Target, bool) {
		i := slices.IndexFunc(all, func(t sample.Target) bool { return t.Indicator == id })
		if i < 0 {
			return sample.Target{}, false
		}
		return all[i], true
	}
	sessions, counted := of("employment.sessions")
	interviewed, asked := of("employment.session_interviewed")
	documents, listed := of("register.documents_issued")
	none := counted && sessions.Value == 0
	return func(t sample.Target) bool {
		switch t.Indicator {
		case "employment.session_employers", "employment.session_vacancies", "employment.session_interviewed":
			return none && t.Value > 0
		case "employment.session_hired":
			return none && t.Value > 0 || asked && t.Value > interviewed.Value
		case "register.plans_issued":
			return listed && (t.Value > documents.Value || documents.By != nil && documents.By["kind"]["plan"] != t.Value)
		}
		return false
	}
}
