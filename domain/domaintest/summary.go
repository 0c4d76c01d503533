package domaintest

import (
	"bytes"
	"slices"
	"testing"

	"hoso/domain"
)

// summarized checks that the summary of the case, kept act by act through its stored form as a view keeps it, is that of
// the whole history after every event, and that every step is declared; it returns what the last one says.
func (w *world) summarized(t *testing.T, stored []domain.Recorded) (last domain.Brief) {
	t.Helper()
	ct, _ := w.catalog.Type(w.id.Type)
	var events []domain.Replayed
	var kept []byte
	for _, e := range stored {
		event, err := w.codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, domain.Replayed{Recorded: e, Event: event})
		whole := ct.Summarize(events)
		one, err := ct.Resume(kept)
		if err != nil {
			t.Fatalf("%s: %v", e.Type, err)
		}
		if !one.Add(domain.Act{Event: event, Occurred: e.Meta.Occurred}) {
			one = whole
		}
		same(t, "summary after "+e.Type, one.Brief(), whole.Brief())
		same(t, "what is due after "+e.Type, one.Due(), whole.Due())
		want, err := whole.Save()
		if err != nil {
			t.Fatal(err)
		}
		if kept, err = one.Save(); err != nil || !bytes.Equal(kept, want) {
			t.Errorf("after %s the summary kept act by act (%v) is not that of the whole history:\n%s\n%s", e.Type, err, kept, want)
		}
		if step := one.Brief().Step; step != "" && !slices.ContainsFunc(ct.Steps, func(s domain.Step) bool { return s.Name == step }) {
			t.Errorf("after %s the case stands at %q, which is no step of its type", e.Type, step)
		}
		last = one.Brief()
	}
	return last
}
