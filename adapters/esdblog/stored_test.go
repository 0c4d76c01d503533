package esdblog_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// TestStoredForm is what people find who browse the store. Written events stay: the form is never changed.
func TestStoredForm(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	l := open(t, n.URL())
	id := domain.StreamID{Type: "unemployment", ID: uuid.MustParse("5f0a3c52-9d3e-4a6b-8a55-0d4c9c1f2e7b")}
	d := drafts(1)[0]
	d.Type, d.Schema, d.Data = "unemployment.filed", 2, []byte(`{"commune": "06550"}`)
	d.Meta.Command = uuid.MustParse("11111111-1111-4111-8111-111111111111")
	d.Meta.Correlation = uuid.MustParse("22222222-2222-4222-8222-222222222222")
	d.Meta.Causation = uuid.MustParse("33333333-3333-4333-8333-333333333333")
	appended(t, l, id, domain.Tail{}, d)

	eventID, eventType, contentType, data, beside := store.Stored("unemployment-5f0a3c52-9d3e-4a6b-8a55-0d4c9c1f2e7b", 0)
	if eventID != d.ID || eventType != "unemployment.filed" || contentType != "application/json" || string(data) != `{"commune": "06550"}` {
		t.Errorf("%s %s %s %s", eventID, eventType, contentType, data)
	}
	want := `{"$correlationId":"22222222-2222-4222-8222-222222222222","$causationId":"33333333-3333-4333-8333-333333333333",` +
		`"command":"11111111-1111-4111-8111-111111111111","fingerprint":"0123456789abcdef0123456789abcdef",` +
		`"actor":{"id":"nguyen.thi.lan","role":"caseworker","unit":"06550"},"occurred":"2024-04-01","recorded":"2024-04-02T03:04:05.678901Z","schema":2}`
	if diff := cmp.Diff(want, string(beside)); diff != "" || !json.Valid(beside) {
		t.Errorf("metadata: %s", diff)
	}
}
