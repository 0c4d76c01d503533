package esdblog

import (
	"encoding/json"
	"testing"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"
)

// What is decoded is complete, and encodes to the same again.
func FuzzDecode(f *testing.F) {
	f.Add("suite-5f0a3c52-9d3e-4a6b-8a55-0d4c9c1f2e7b", []byte(`{"actor":{"id":"lan"},"schema":1}`))
	f.Add("suite-5f0a3c52-9d3e-4a6b-8a55-0d4c9c1f2e7b", []byte(`{"$correlationId":"22222222-2222-4222-8222-222222222222","command":"x","schema":2}`))
	f.Add("suite-5f0a3c52-9d3e-4a6b-8a55-0d4c9c1f2e7b", []byte(`{"actor":{"id":"lan"},"occurred":"2024-02-30","schema":1}`))
	f.Add("orders", []byte(`{}`))
	f.Add("$ce-suite", []byte(`null`))
	f.Add("suite-5F0A3C52-9d3e-4a6b-8a55-0d4c9c1f2e7b", []byte(`{"schema":1}{"schema":2}`))
	l := &Log{}
	f.Fuzz(func(t *testing.T, stream string, meta []byte) {
		r, err := l.decode(&esdb.RecordedEvent{StreamID: stream, EventID: uuid.New(), EventType: "suite.happened", UserMetadata: meta, Data: []byte("{}")})
		if err != nil {
			return
		}
		if r.Version != 1 || r.Schema < 1 || l.streamOf(r.Stream) != stream {
			t.Errorf("%+v", r)
		}
		e, _, err := encode(r.Draft)
		if err != nil {
			return // a year that JSON has no form for
		}
		again, err := decodeMetadata(e.Metadata)
		if err != nil {
			t.Fatalf("%s: %v", e.Metadata, err)
		}
		a, _ := json.Marshal(again)
		if string(a) != string(e.Metadata) {
			t.Errorf("%s became %s", e.Metadata, a)
		}
	})
}
