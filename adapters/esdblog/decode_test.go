package esdblog

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/EventStore/EventStore-Client-Go/v4/esdb"
	"github.com/google/uuid"

	"hoso/domain"
)

// What encode writes is read the quick way.
func TestScan(t *testing.T) {
	for _, d := range []domain.Draft{
		{Type: "suite.happened", Schema: 12},
		{Type: "suite.happened", Schema: 1, Meta: domain.Meta{
			Actor: domain.Actor{ID: "lan", Role: "caseworker", Unit: "06550"}, Command: uuid.New(), Fingerprint: "f", Correlation: uuid.New(),
			Causation: uuid.New(), Occurred: 20240229, Recorded: time.Date(2024, 4, 2, 3, 4, 5, 678901000, time.UTC)}},
	} {
		e, _, err := encode(d)
		if err != nil {
			t.Fatal(err)
		}
		var m beside
		if !scan(e.Metadata, &m) || m.Schema != d.Schema || m.Command != d.Meta.Command || m.Actor != d.Meta.Actor ||
			m.Occurred != d.Meta.Occurred || !m.Recorded.Equal(d.Meta.Recorded) {
			t.Errorf("%s: %+v", e.Metadata, m)
		}
	}
}

// What the quick way reads, the thorough one reads alike.
func FuzzMetadata(f *testing.F) {
	f.Add([]byte(`{"$correlationId":"22222222-2222-4222-8222-222222222222","$causationId":"33333333-3333-4333-8333-333333333333","command":"11111111-1111-4111-8111-111111111111","fingerprint":"01","actor":{"id":"lan","role":"caseworker","unit":"06550"},"occurred":"2024-04-01","recorded":"2024-04-02T03:04:05.678901Z","schema":1}`))
	f.Add([]byte(`{"actor":{"id":"lan",},"schema":1}`))
	f.Add([]byte(`{"actor":{"id":""},"recorded":"2024-04-02T03:04:05.6+07:00","schema":01}`))
	f.Add([]byte(`{"fingerprint":"a""actor":{"id":"b"},"schema":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var quick, thorough beside
		if !scan(data, &quick) {
			return
		}
		in := json.NewDecoder(bytes.NewReader(data))
		in.DisallowUnknownFields()
		if err := in.Decode(&thorough); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if !quick.Recorded.Equal(thorough.Recorded) {
			t.Fatalf("%s: %s, want %s", data, quick.Recorded, thorough.Recorded)
		}
		thorough.Recorded = quick.Recorded // the same moment, and pointers to zones
		if quick != thorough {
			t.Errorf("%s: %+v, want %+v", data, quick, thorough)
		}
	})
}

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
