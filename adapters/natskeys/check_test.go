package natskeys_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natskeys"
	"hoso/domain"
)

func TestWhoOnlyReadsMakesNoKeys(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	nc, err := p.srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(nc.Close)
	o := natskeys.Options{Dir: p.dir, MustExist: true}
	for range 2 {
		if _, err := natskeys.Open(t.Context(), nc, o); !errors.Is(err, &domain.Error{Code: "keys.missing"}) {
			t.Errorf("got %v", err)
		}
	}
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), jetstream.StreamConfig{Name: "KV_hoso-keys", Subjects: []string{"$KV.hoso-keys.>"}, MaxMsgsPerSubject: 1}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := natskeys.Check(t.Context(), nc, natskeys.Options{}); !errors.Is(err, &domain.Error{Code: "keys.misconfigured"}) || !strings.Contains(err.Error(), "max_msgs_per_subject") {
		t.Errorf("somebody else's bucket: %v", err)
	}
	if err := js.DeleteStream(t.Context(), "KV_hoso-keys"); err != nil {
		t.Fatal(err)
	}
	// A bucket with nothing in it, and one whose maker was killed before the office's secret stood in it.
	p.open(t).Close()
	for _, last := range []string{"$KV.hoso-keys.>", "$KV.hoso-keys.office.pseudonym"} {
		s, err := js.Stream(t.Context(), "KV_hoso-keys")
		if err != nil {
			t.Fatal(err)
		}
		if last == "$KV.hoso-keys.>" {
			has := s.CachedInfo().Config
			if err := js.DeleteStream(t.Context(), has.Name); err != nil {
				t.Fatal(err)
			}
			if _, err := js.CreateStream(t.Context(), has); err != nil {
				t.Fatal(err)
			}
		} else {
			m, err := s.GetLastMsgForSubject(t.Context(), last)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.DeleteMsg(t.Context(), m.Sequence); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := natskeys.Open(t.Context(), nc, o); !errors.Is(err, &domain.Error{Code: "keys.missing"}) {
			t.Errorf("without %s: %v", last, err)
		}
		p.open(t).Close() // who writes makes what is missing
	}
	exists, unsafe, err := natskeys.Check(t.Context(), nc, natskeys.Options{Replicas: 3})
	if !exists || err != nil || unsafe == nil || !strings.Contains(unsafe.Error(), "num_replicas = 1, cần 3") {
		t.Errorf("%v %v %v", exists, unsafe, err)
	}
	o.Replicas = 3
	if _, err := natskeys.Open(t.Context(), nc, o); !errors.Is(err, &domain.Error{Code: "keys.misconfigured"}) {
		t.Errorf("fewer replicas than asked for: %v", err)
	}
	o.AcceptUnsafe = true
	k, err := natskeys.Open(t.Context(), nc, o)
	if err != nil {
		t.Fatal(err)
	}
	k.Close()
}
