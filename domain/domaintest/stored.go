package domaintest

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hoso/domain"
)

// stored returns what the case's stream holds.
func (w *world) stored(t *testing.T) []domain.Recorded {
	t.Helper()
	var all []domain.Recorded
	for e, err := range w.log.Read(t.Context(), w.id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// survives checks that events come back from their stored form as they went in, and that replays agree.
func (w *world) survives(t *testing.T, stored []domain.Recorded) {
	t.Helper()
	for _, e := range stored {
		once, err := w.codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			t.Fatal(err)
		}
		name, schema, data, err := w.codec.Encode(t.Context(), once)
		if err != nil {
			t.Fatalf("encode %s again: %v", e.Type, err)
		}
		if name != e.Type || schema != e.Schema || !bytes.Equal(data, e.Data) {
			t.Errorf("%s is stored differently the second time:\n%s@%d %s\n%s@%d %s", e.Type, e.Type, e.Schema, e.Data, name, schema, data)
		}
		if twice, err := w.codec.Decode(name, schema, data); err != nil || !reflect.DeepEqual(once, twice) {
			t.Errorf("%s changes on its way through the stored form (%v):\n%s", e.Type, err, diff(once, twice))
		}
	}
	same(t, "state of a second replay", w.replay(t), w.replay(t))
}

func (w *world) replay(t *testing.T) any {
	t.Helper()
	state, _, err := w.handler.Replay(t.Context(), w.id, func(domain.Recorded) bool { return true })
	if err != nil {
		t.Fatalf("replay: %v", err)
	}
	return state
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if d := diff(want, got); d != "" {
		t.Errorf("%s: not as the spec says (-want +got):\n%s", what, d)
	}
}

// diff compares, private values by what they hold.
func diff(want, got any) string {
	return cmp.Diff(want, got,
		cmp.Exporter(func(reflect.Type) bool { return true }),
		cmp.FilterPath(isPrivate, cmp.Transformer("Reveal", reveal)),
	)
}

func isPrivate(p cmp.Path) bool {
	t := p.Last().Type()
	return t != nil && t.PkgPath() == "hoso/domain" && strings.HasPrefix(t.Name(), "Private[")
}

type revealed struct {
	Value any
	Known bool
}

func reveal(p any) revealed {
	out := reflect.ValueOf(p).MethodByName("Reveal").Call(nil)
	v := out[0].Interface()
	if out[0].IsZero() { // nothing hidden and an empty value hidden are the same
		return revealed{v, false}
	}
	return revealed{v, out[1].Bool()}
}

func fieldOf(err error) string {
	var e *domain.Error
	if errors.As(err, &e) {
		return e.Field
	}
	return ""
}
