package figures_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/person"
	"hoso/projections/figures"
	"hoso/projections/internal/probe"
)

func recordOf(n int) domain.StreamID { return domain.StreamID{Type: "person", ID: somebody(n).UUID} }

func link(n int) person.Link {
	return person.Link{SameAs: somebody(n), Reason: domain.Hide("cùng số định danh")}
}

var unlink = person.Unlink{Reason: domain.Hide("nhầm người")}

func enter(w *world, n int) {
	w.must(recordOf(n), "2023-01-01", person.Register{Name: domain.Hide("Nông Thị Lan")})
}

// One record was linked with the other after April was counted, and unlinked again.
func TestLinkedRecordsAreOnePersonFromTheLinkOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := 1; n <= 3; n++ {
		enter(w, n)
	}
	stays := func(who int, kind string) probe.Note {
		return probe.Note{Area: "05971", Kind: kind, Persons: []domain.PersonID{somebody(who)}, Enters: 1, About: somebody(who)}
	}
	w.must(caseNumber(1), "2024-04-02", stays(1, "a"))
	w.must(caseNumber(2), "2024-04-03", stays(2, "b"))
	w.must(caseNumber(3), "2024-04-04", stays(3, "b")) // position 6
	w.must(recordOf(1), "2024-05-02", link(2))         // 7
	w.must(recordOf(2), "2024-05-02", link(3))         // 8: a chain
	w.must(recordOf(3), "2024-05-02", link(1))         // 9: a circle
	w.must(recordOf(1), "2024-05-03", unlink)          // 10: still a chain: 2, 3, 1
	w.must(recordOf(2), "2024-05-03", unlink)          // 11: 3 and 1
	w.must(recordOf(3), "2024-05-04", domain.Void{Type: "person", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
	w.must(recordOf(1), "2024-05-05", domain.Correct{Type: "person", Version: 2, Data: fmt.Appendf(nil, `{"same_as":"%s"}`, somebody(3)),
		Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}) // 13: of what was unlinked since
	f := views(t, scratch(t), w.log, w)
	defer f.Close()
	r := figures.NewReader(w.catalog, f.DB())
	for asOf, want := range map[domain.Ordinal]struct {
		persons, b int64
		positions  []domain.Ordinal // of the events that count somebody
		doubles    int
	}{
		6: {3, 2, []domain.Ordinal{4, 5, 6}, 0}, 7: {2, 2, []domain.Ordinal{4, 6}, 1}, 8: {1, 1, []domain.Ordinal{4}, 1},
		9: {1, 1, []domain.Ordinal{4}, 1}, 10: {1, 1, []domain.Ordinal{4}, 1}, 11: {2, 2, []domain.Ordinal{4, 5}, 1},
		12: {3, 2, []domain.Ordinal{4, 5, 6}, 0}, 13: {3, 2, []domain.Ordinal{4, 5, 6}, 0}, 0: {3, 2, []domain.Ordinal{4, 5, 6}, 0},
	} {
		q := figures.Query{Month: month("2024-04"), Area: "20", By: "district", AsOf: asOf, Indicators: []string{"probe.persons"}}
		s := ask(t, w, f, q)
		got := s.Figures[0]
		x, err := r.Explain(t.Context(), q, figures.Page{})
		if err != nil {
			t.Fatal(err)
		}
		var positions []domain.Ordinal
		for _, e := range x.Events {
			if e.Quantity.Quantity > 0 {
				positions = append(positions, e.Position)
			}
		}
		doubles, err := r.Doubles(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if got.Value.Quantity != want.persons || got.Breakdown[1].Value.Quantity != want.b || !slices.Equal(positions, want.positions) ||
			len(doubles) != want.doubles || want.doubles == 1 && len(doubles[0].Cases) != 4-int(want.persons) {
			t.Errorf("as of %d: %v persons, parts %v, counted at %v, doubles %v", asOf, got.Value, got.Breakdown, positions, doubles)
		}
		for _, p := range got.Areas {
			if p.Value.Quantity != 0 && p.Value != got.Value {
				t.Errorf("as of %d: %s has %v", asOf, p.Name, p.Value)
			}
		}
	}
}

// linkedLife is a random history in which records of persons are linked and unlinked, and those acts corrected and voided.
func linkedLife(t *rapid.T) *world {
	const records = 3
	w := newWorld(t)
	for n := 1; n <= records; n++ {
		enter(w, n)
	}
	for range rapid.IntRange(8, 40).Draw(t, "commands") {
		id := recordOf(rapid.IntRange(1, records).Draw(t, "record"))
		version := uint64(rapid.IntRange(2, 4).Draw(t, "version"))
		to := rapid.IntRange(1, records).Draw(t, "with")
		var c domain.Command
		switch rapid.SampledFrom([]string{"note", "note", "note", "link", "link", "unlink", "correct", "void"}).Draw(t, "command") {
		case "note":
			id, c = caseNumber(rapid.IntRange(1, 3).Draw(t, "case")), note(t)
		case "link":
			c = link(to)
		case "unlink":
			c = unlink
		case "correct":
			data, _ := json.Marshal(map[string]any{"same_as": somebody(to)})
			c = domain.Correct{Type: "person", Version: version, Data: data, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
		case "void":
			c = domain.Void{Type: "person", Version: version, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"}
		}
		if n, ok := c.(probe.Note); ok {
			n.About, n.Area = somebody(rapid.IntRange(1, records).Draw(t, "about")), rapid.SampledFrom([]area.Code{"05971", "05974"}).Draw(t, "commune")
			c = n
		}
		if err := w.do(id, someDays.Draw(t, "day").String(), c); err != nil && domain.KindOf(err) != domain.Rejected && domain.KindOf(err) != domain.Invalid {
			t.Fatal(err)
		}
	}
	return w
}

// onePerson maps the records to one for each person, as the cases themselves say at the end of a log.
func onePerson(t *rapid.T, w *world, log domain.EventLog) map[domain.PersonID]domain.PersonID {
	handler := domain.NewHandler(w.catalog, log, nil, nil)
	one := map[domain.PersonID]domain.PersonID{}
	for n := 1; n <= 3; n++ {
		one[somebody(n)] = somebody(n)
	}
	for n := 1; n <= 3; n++ {
		state, _, err := handler.Replay(context.Background(), recordOf(n), func(domain.Recorded) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		s, ok := state.(person.State)
		if !ok || s.SameAs.IsZero() {
			continue
		}
		from, to := one[somebody(n)], one[s.SameAs]
		for record, of := range one {
			if of == from {
				one[record] = to
			}
		}
	}
	return one
}

// united is a log that says what another one says, of one record for each person, and says nothing of links.
func united(t *rapid.T, w *world, events []domain.Recorded, one map[domain.PersonID]domain.PersonID) domain.EventLog {
	swap := func(act domain.Act) domain.Act {
		n := act.Event.(probe.Noted)
		n.About, n.Persons = one[n.About], slices.Clone(n.Persons)
		for k := range n.Persons {
			n.Persons[k] = one[n.Persons[k]]
		}
		act.Event = n
		return act
	}
	log, all := memlog.New(), slices.Clone(events)
	for k := range all {
		e, err := w.codec.Decode(all[k].Type, all[k].Schema, all[k].Data)
		if err != nil {
			t.Fatal(err)
		}
		switch a := e.(type) {
		case probe.Noted:
			e = swap(domain.Act{Event: a}).Event
		default: // of a person
			e = person.Referenced{Person: domain.PersonID{UUID: all[k].Stream.ID}, Reference: uuid.Max, Name: domain.Hide("Lan")}
		}
		if all[k].Type, all[k].Schema, all[k].Data, err = w.codec.Encode(context.Background(), e); err != nil {
			t.Fatal(err)
		}
	}
	refill(t, log, all)
	return log
}

func TestALinkCountsAsOnePersonWouldHaveCounted(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w := linkedLife(t)
		events := recorded(t, w.log)
		n := rapid.IntRange(1, len(events)).Draw(t, "as of")
		cut := memlog.New()
		refill(t, cut, events[:n])
		linked := views(t, temporary(t), w.log, w)
		defer linked.Close()
		alone := views(t, temporary(t), united(t, w, events[:n], onePerson(t, w, cut)), w)
		defer alone.Close()
		q := queries.Draw(t, "query")
		if q.By = rapid.SampledFrom([]string{"", "district", "commune"}).Draw(t, "by"); q.Area == "05971" || q.Area == "178" || q.Area == "06187" {
			q.By = ""
		}
		want := everything(t, figures.NewReader(w.catalog, alone.DB()), q)
		q.AsOf = domain.Ordinal(n)
		got := everything(t, figures.NewReader(w.catalog, linked.DB()), q)
		if got != want {
			t.Fatalf("linked: %s\nof one record: %s", got, want)
		}
	})
}

// everything is the sheet, the explanations of its figures, and the doubts.
func everything(t *rapid.T, r *figures.Reader, q figures.Query) string {
	ctx := context.Background()
	sheet, err := r.Figures(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	all := []any{sheet}
	for _, f := range sheet.Figures {
		q.Indicators = []string{f.Indicator}
		x, err := r.Explain(ctx, q, figures.Page{})
		if err != nil {
			t.Fatal(err)
		}
		for k := range x.Events {
			x.Events[k].Type = "" // amendments of persons stand there as other events, and add nothing
		}
		if f.Kind == domain.Distinct && sum(x.Events) != f.Value.Quantity {
			t.Fatalf("%v persons, and the list comes to %d", f.Value, sum(x.Events))
		}
		all = append(all, x)
	}
	for _, ask := range []func(context.Context, figures.Query) ([]figures.Doubt, error){r.Doubles, r.Leavers} {
		doubts, err := ask(ctx, q)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, d := range doubts {
			b, _ := json.Marshal(d)
			lines = append(lines, string(b))
		}
		slices.Sort(lines)
		all = append(all, lines)
	}
	b, _ := json.Marshal(all)
	return string(b)
}
