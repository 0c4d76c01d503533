package domain_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"hoso/domain"
	"hoso/domain/domaintest"
)

// moved is an event in its third form: it began with a single name, then had two, then called one of them otherwise.
type moved struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func (moved) EventType() string { return "trip.moved" }

func tripCodec() *domain.Codec {
	split := func(old json.RawMessage) (json.RawMessage, error) {
		var v1 struct{ Place string }
		if err := json.Unmarshal(old, &v1); err != nil {
			return nil, err
		}
		return json.Marshal(map[string]string{"origin": "", "to": v1.Place})
	}
	rename := func(old json.RawMessage) (json.RawMessage, error) {
		return bytes.Replace(old, []byte(`"origin"`), []byte(`"from"`), 1), nil
	}
	trip := domain.With(domain.CaseType{
		Name:       "trip",
		Events:     []domain.EventType{domain.EventOf[moved]("Đã đi", "Moved", split, rename)},
		Contribute: func(domain.Act) []domain.Contribution { return nil },
	}, domain.Decider[int]{})
	return domain.NewCatalog(trip).Codec(domaintest.Keys())
}

func TestUpcastsChain(t *testing.T) {
	c := tripCodec()
	for schema, data := range map[int]string{
		1: `{"place":"Lạng Sơn"}`,
		2: `{"origin":"","to":"Lạng Sơn"}`,
		3: `{"from":"","to":"Lạng Sơn"}`,
	} {
		e, err := c.Decode("trip.moved", schema, []byte(data))
		if err != nil || e != (moved{"", "Lạng Sơn"}) {
			t.Errorf("schema %d: %+v, %v", schema, e, err)
		}
	}
	if _, schema, _, _ := c.Encode(t.Context(), moved{}); schema != 3 {
		t.Errorf("written as schema %d, want 3", schema)
	}
}

func TestDecodeNeverGuesses(t *testing.T) {
	c := tripCodec()
	for name, e := range map[string]struct {
		event  string
		schema int
		data   string
		says   string
	}{
		"newer schema":          {"trip.moved", 4, `{"from":"","to":""}`, "use a newer program"},
		"no schema":             {"trip.moved", 0, `{"from":"","to":""}`, "schema 0"},
		"unknown event":         {"trip.flown", 1, `{}`, "not in the catalogue"},
		"unknown field":         {"trip.moved", 3, `{"from":"","to":"","by":"bus"}`, "unknown field"},
		"something after it":    {"trip.moved", 3, `{"from":"","to":""}}`, "more than one value"},
		"an upcast that fails":  {"trip.moved", 1, `[]`, "upcast trip.moved"},
		"newer amendment":       {"trip.corrected", 2, `{}`, "use a newer program"},
		"unknown amended field": {"trip.voided", 1, `{"version":1,"who":"x"}`, "unknown field"},
		"amended to nothing":    {"trip.corrected", 1, `{"type":"trip.moved","schema":3,"was":{"occurred":"2024-04-01","data":{"from":"","to":""}}}`, "no new value"},
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := c.Decode(e.event, e.schema, []byte(e.data)); err == nil || !strings.Contains(err.Error(), e.says) {
				t.Errorf("%+v, %v; want an error with %q", got, err, e.says)
			}
		})
	}
}

// What one event left unread is no part of the next one, also where many are decoded at once.
func TestNothingOfAnEventIsLeftForTheNext(t *testing.T) {
	t.Parallel()
	c := tripCodec()
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range 60 {
				place := strings.Repeat("Lạng Sơn", n*i) // also longer than a buffer
				whole := `{"from":"` + place + `","to":""}`
				for _, before := range []string{whole + strings.Repeat(" \n", n), whole + whole, whole[:len(whole)-n-1], `{"by":"bus"}` + whole, `{"from":1,"to":""}`, ""} {
					_, _ = c.Decode("trip.moved", 3, []byte(before))
					if e, err := c.Decode("trip.moved", 3, []byte(whole)); err != nil || e != (moved{place, ""}) {
						t.Errorf("after %.40q: %v", before, err)
						return
					}
				}
			}
		})
	}
	all.Wait()
}

// TestAmendedActsAreUpcast shows that an old form inside a correction is read like one outside.
func TestAmendedActsAreUpcast(t *testing.T) {
	e, err := tripCodec().Decode("trip.voided", 1, []byte(
		`{"version":1,"type":"trip.moved","schema":1,"was":{"occurred":"2024-04-01","data":{"place":"Lạng Sơn"}},"reason":{"sealed":"c2VhbGVk"},"requester":"lan","approver":"hùng"}`))
	if err != nil || e.(domain.Voided).Was.Event != (moved{"", "Lạng Sơn"}) {
		t.Errorf("%+v, %v", e, err)
	}
}

func FuzzEventDecode(f *testing.F) {
	f.Add("loan.opened", 1, []byte(`{`+person+`,"amount":5,"kind":"house","note":{"sealed":"c2VhbGVk"}}`))
	f.Add("loan.corrected", 1, []byte(`{"type":"loan.paid","schema":1,"was":{"data":{}},"now":{"data":{}}}`))
	f.Add("loan.voided", 1, []byte(`{"type":"loan.voided","schema":1,"was":{"data":{"type":"loan.closed"}}}`))
	codec := domain.NewCatalog(loanType()).Codec(domaintest.Keys())
	f.Fuzz(func(t *testing.T, name string, schema int, data []byte) {
		e, err := codec.Decode(name, schema, data)
		if err == nil && e.EventType() != name {
			t.Fatalf("%s decoded as %s", name, e.EventType())
		}
	})
}
