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

// TestBucketsThatCannotKeepKeys makes the bucket with one setting changed: what does not work is refused also by who
// accepts what is unsafe.
func TestBucketsThatCannotKeepKeys(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	nc := p.connect(t)
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	p.open(t).Close()
	s, err := js.Stream(t.Context(), "KV_hoso-keys")
	if err != nil {
		t.Fatal(err)
	}
	good := s.CachedInfo().Config
	other := jetstream.StreamConfig{Name: "other", Subjects: []string{"other"}}
	if _, err := js.CreateStream(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		spoil  func(*jetstream.StreamConfig)
		unsafe bool
	}{
		"retention":    {func(c *jetstream.StreamConfig) { c.Retention = jetstream.InterestPolicy }, false},
		"retention ":   {func(c *jetstream.StreamConfig) { c.Retention = jetstream.WorkQueuePolicy }, false},
		"no_ack":       {func(c *jetstream.StreamConfig) { c.NoAck, c.AllowAtomicPublish = true, false }, false},
		"sources":      {func(c *jetstream.StreamConfig) { c.Sources = []*jetstream.StreamSource{{Name: "other"}} }, false},
		"max_msg_size": {func(c *jetstream.StreamConfig) { c.MaxMsgSize = 40 }, false},
		"allow_direct": {func(c *jetstream.StreamConfig) { c.AllowDirect = false }, false},
		"first_seq":    {func(c *jetstream.StreamConfig) { c.FirstSeq = 9 }, false},
		"subject_transform": {func(c *jetstream.StreamConfig) {
			c.SubjectTransform = &jetstream.SubjectTransformConfig{Source: ">", Destination: "x.>"}
		}, false},
		"deny_purge":        {func(c *jetstream.StreamConfig) { c.DenyPurge = false }, true},
		"allow_rollup_hdrs": {func(c *jetstream.StreamConfig) { c.DenyPurge, c.AllowRollup = false, true }, true},
	} {
		if err := js.DeleteStream(t.Context(), "KV_hoso-keys"); err != nil {
			t.Fatal(err)
		}
		cfg := good
		c.spoil(&cfg)
		if _, err := js.CreateStream(t.Context(), cfg); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, unsafe, err := natskeys.Check(t.Context(), nc, natskeys.Options{})
		if c.unsafe {
			err, unsafe = unsafe, err
		}
		if unsafe != nil || !errors.Is(err, &domain.Error{Code: "keys.misconfigured"}) || !strings.Contains(err.Error(), strings.TrimSpace(name)) {
			t.Errorf("%s: %v; %v", name, err, unsafe)
		}
	}
	// Made elsewhere and then closed for ever.
	if err := js.DeleteStream(t.Context(), "KV_hoso-keys"); err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	good.Sealed = true
	if _, err := js.UpdateStream(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	if _, _, err := natskeys.Check(t.Context(), nc, natskeys.Options{}); !errors.Is(err, &domain.Error{Code: "keys.misconfigured"}) || !strings.Contains(err.Error(), "sealed") {
		t.Errorf("sealed: %v", err)
	}
}
