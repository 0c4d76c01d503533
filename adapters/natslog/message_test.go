package natslog

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// fill sets every field, also those that somebody adds later, to something that is not zero.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	for i := range v.NumField() {
		f := v.Field(i)
		switch f.Interface().(type) {
		case uuid.UUID:
			f.Set(reflect.ValueOf(uuid.New()))
		case time.Time:
			f.Set(reflect.ValueOf(time.Date(2024, 1, 2, 3, 4, 5, 6000, time.UTC)))
		case calendar.Date:
			f.Set(reflect.ValueOf(calendar.Date(20240229)))
		case string:
			f.SetString(v.Type().Field(i).Name + "=&%\n đ")
		case domain.Actor:
			fill(t, f)
		default:
			t.Fatalf("how is %s stored?", v.Type().Field(i).Name)
		}
	}
}

func TestEveryFieldOfMetaIsStored(t *testing.T) {
	t.Parallel()
	var m domain.Meta
	fill(t, reflect.ValueOf(&m).Elem())
	alike := m // as most are: what a command leads to first is its own cause
	alike.Correlation, alike.Causation = m.Command, m.Command
	for _, want := range []domain.Meta{m, {}, alike} {
		got, err := decodeMeta(encodeMeta(want))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
	}
	if _, err := decodeMeta("actor=lan&invented=1"); err == nil {
		t.Error("a field of a newer program was ignored")
	}
	for _, field := range []string{"command", "correlation", "causation"} {
		if m, err := decodeMeta(field + "="); err == nil {
			t.Errorf("%s without an id is %+v", field, m)
		}
	}
}

// TestStoredForm pins what is on disk: events written years ago have this form.
func TestStoredForm(t *testing.T) {
	t.Parallel()
	id := uuid.MustParse("0190a0a0-0000-7000-8000-000000000001")
	d := domain.Draft{ID: id, Type: "suite.happened", Schema: 2, Data: []byte(`{"a":1}`), Meta: domain.Meta{
		Actor: domain.Actor{ID: "lan đ", Role: "caseworker", Unit: "06550"}, Command: id, Fingerprint: "a+/=", Correlation: id,
		Causation: id, Occurred: 20240403, Recorded: time.Date(2024, 4, 3, 4, 5, 6, 789000, time.UTC)}}
	c := domain.StreamID{Type: "suite", ID: id}
	subject, err := subjectOf(c)
	if err != nil || subject != "hoso.case.suite."+id.String() {
		t.Fatal(subject, err)
	}
	m, _ := encode(subject, 7, d)
	want := map[string][]string{
		"Hoso-Id": {id.String()}, "Hoso-Type": {"suite.happened"}, "Hoso-Schema": {"2"}, "Hoso-Version": {"7"},
		"Hoso-Meta": {"actor=lan+%C4%91&role=caseworker&unit=06550&command=" + id.String() + "&fingerprint=a%2B%2F%3D" +
			"&correlation=" + id.String() + "&causation=" + id.String() + "&occurred=2024-04-03&recorded=2024-04-03T04:05:06.000789Z"},
	}
	if d := cmp.Diff(want, map[string][]string(m.Header)); d != "" {
		t.Error(d)
	}
	got, err := decode(subject, 9, m.Header, m.Data)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(domain.Recorded{Stream: c, Version: 7, Position: 9, Draft: d}, got); d != "" {
		t.Error(d)
	}
}

// FuzzMeta: whatever stands there is an error or comes out of a Meta that is stored the same way.
func FuzzMeta(f *testing.F) {
	f.Add("actor=lan&role=x&occurred=2024-04-03&recorded=2024-04-03T04:05:06.000789Z")
	f.Add("command=0190a0a0-0000-7000-8000-000000000001")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := decodeMeta(s)
		if err != nil {
			return
		}
		m.Recorded = m.Recorded.UTC()
		again, err := decodeMeta(encodeMeta(m))
		if err != nil || !again.Recorded.Equal(m.Recorded) {
			t.Fatalf("%q: %v", s, err)
		}
		again.Recorded = m.Recorded
		if again != m {
			t.Fatalf("%q: %+v, again %+v", s, m, again)
		}
	})
}

func FuzzSequence(f *testing.F) {
	f.Add("$JS.ACK.hoso.c.1.42.1.1700000000.0")
	f.Add("$JS.ACK._.hash.hoso.c.1.42.1.1700000000.0.token")
	f.Fuzz(func(t *testing.T, s string) {
		_, _ = sequenceOf(s) // it must not panic
	})
}

func TestSequenceOf(t *testing.T) {
	t.Parallel()
	for _, reply := range []string{"$JS.ACK.hoso.c.1.42.1.1700000000.0", "$JS.ACK._.hash.hoso.c.1.42.1.1700000000.0.token"} {
		if n, err := sequenceOf(reply); n != 42 || err != nil {
			t.Errorf("%s: %d, %v", reply, n, err)
		}
	}
	if _, err := sequenceOf("_INBOX.x"); err == nil {
		t.Error("no error")
	}
}
