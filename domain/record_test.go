package domain_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

func whole() domain.Recorded {
	id := uuid.MustParse("0190a0a0-0000-7000-8000-000000000001")
	return domain.Recorded{Stream: domain.StreamID{Type: "loan", ID: id}, Version: 3, Draft: domain.Draft{ID: id, Type: "loan.opened", Schema: 2,
		Data: []byte(`{"a":1}`), Meta: domain.Meta{Actor: domain.Actor{ID: "lan đ", Role: "caseworker", Unit: "06550"}, Command: id,
			Fingerprint: "a+/=", Correlation: id, Causation: id, Occurred: 20240403, Recorded: time.Date(2024, 4, 3, 4, 5, 6, 789000, time.UTC)}}}
}

func TestRecordsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for _, e := range []domain.Recorded{whole(), {Stream: whole().Stream, Version: 1, Draft: domain.Draft{Type: "loan.opened", Schema: 1, Data: []byte{}}}} {
		b := e.AppendRecord([]byte("before"))[len("before"):]
		got, err := domain.ParseRecord(b)
		if err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("%+v, %v; want %+v", got, err, e)
		}
		for i := range b { // cut anywhere, or with a bit flipped: an error, or the record of another event
			if _, err := domain.ParseRecord(b[:i]); err == nil {
				t.Errorf("the first %d bytes are taken for a record", i)
			}
			flipped := bytes.Clone(b)
			flipped[i] ^= 1
			if got, err := domain.ParseRecord(flipped); err == nil && (reflect.DeepEqual(got, e) || !bytes.Equal(got.AppendRecord(nil), flipped)) {
				t.Errorf("byte %d changed is not seen", i)
			}
		}
	}
}

func FuzzParseRecord(f *testing.F) {
	f.Add(whole().AppendRecord(nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if e, err := domain.ParseRecord(b); err == nil && !bytes.Equal(e.AppendRecord(nil), b) {
			t.Errorf("%q is not the record of what was read from it", b)
		}
	})
}
