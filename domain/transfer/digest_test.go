package transfer_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/transfer"
)

func pinned() domain.Recorded {
	id := uuid.MustParse("0190a0a0-0000-7000-8000-000000000001")
	return domain.Recorded{Stream: domain.StreamID{Type: "loan", ID: id}, Version: 1, Draft: domain.Draft{ID: id, Type: "loan.opened", Schema: 2,
		Data: []byte(`{"a":1}`), Meta: domain.Meta{Actor: domain.Actor{ID: "lan đ", Role: "caseworker", Unit: "06550"}, Command: id,
			Fingerprint: "a+/=", Correlation: id, Causation: id, Occurred: 20240403, Recorded: time.Date(2024, 4, 3, 4, 5, 6, 789000, time.UTC)}}}
}

func digestOf(t *testing.T, events ...domain.Recorded) string {
	t.Helper()
	sum, err := transfer.Digest(t.Context(), logOf(t, memlog.NewStore(), events))
	if err != nil || sum.Events != uint64(len(events)) {
		t.Fatalf("%+v, %v", sum, err)
	}
	return sum.Digest
}

// TestDigestIsPinned: a digest that was written down years ago can still be compared.
func TestDigestIsPinned(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855": digestOf(t),
		"1c3337a48cd6f9b8bd39aff5141ce4f5d722b9a4d614af42ff2b8f39633a99c4": digestOf(t, pinned()),
	} {
		if got != want {
			t.Errorf("digest %s, want %s", got, want)
		}
	}
}

// TestDigestHoldsEveryField changes each field, also those that somebody adds later.
func TestDigestHoldsEveryField(t *testing.T) {
	t.Parallel()
	seen := map[string]string{digestOf(t, pinned()): "the event"}
	var visit func(path string, field func(*domain.Recorded) reflect.Value)
	visit = func(path string, field func(*domain.Recorded) reflect.Value) {
		e := pinned()
		v := field(&e)
		if v.Kind() == reflect.Struct && v.Type() != reflect.TypeFor[time.Time]() {
			for i := range v.NumField() {
				name := v.Type().Field(i).Name
				if name != "Position" && name != "Version" { // a place in the log, and one that the log counts by itself
					visit(path+"."+name, func(e *domain.Recorded) reflect.Value { return field(e).Field(i) })
				}
			}
			return
		}
		switch x := v.Addr().Interface().(type) {
		case *uuid.UUID:
			*x = uuid.New()
		case *string:
			*x += "x"
		case *int:
			*x++
		case *[]byte:
			*x = []byte(`{"a":2}`)
		case *calendar.Date:
			*x++
		case *time.Time:
			*x = x.Add(time.Microsecond)
		default:
			t.Fatalf("how does %s enter the digest?", path)
		}
		d := digestOf(t, e)
		if other, ok := seen[d]; ok {
			t.Errorf("%s has the digest of %s", path, other)
		}
		seen[d] = path
	}
	visit("event", func(e *domain.Recorded) reflect.Value { return reflect.ValueOf(e).Elem() })
	if len(seen) < 15 {
		t.Errorf("only %d fields seen", len(seen))
	}
}

func TestDigestHoldsTheOrder(t *testing.T) {
	t.Parallel()
	one, other := pinned(), pinned()
	other.Stream.ID, other.ID = uuid.New(), uuid.New()
	if digestOf(t, one, other) == digestOf(t, other, one) {
		t.Error("two orders have one digest")
	}
	one.Meta.Recorded = one.Meta.Recorded.In(time.FixedZone("here", 7*3600))
	if digestOf(t, one) != digestOf(t, pinned()) {
		t.Error("the same moment in another zone has another digest")
	}
}
