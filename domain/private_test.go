package domain_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/uuid"

	"hoso/domain"
)

const secret = "Nguyễn Thị Kín"

// TestPrivateNeverPrints tries every way in which a value gets into a message or a log by accident.
func TestPrivateNeverPrints(t *testing.T) {
	p := domain.Hide(secret)
	command := open{Person: borrower, Note: p}
	event := domain.Corrected{Amendment: domain.Amendment{Was: domain.Act{Event: opened(command)}, Reason: p}}
	hidden := struct{ p domain.Private[string] }{p}
	var out strings.Builder
	for _, v := range []any{p, &p, command, &command, event, hidden, &hidden, []any{p}, map[string]any{"p": p}, fmt.Errorf("of %v", p)} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%10.3s"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		if b, err := json.Marshal(v); err == nil {
			out.Write(b)
		} else {
			out.WriteString(err.Error())
		}
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("event", "value", v)
		}
	}
	for _, form := range []string{secret, "Kín", fmt.Sprintf("%x", secret), fmt.Sprintf("%q", secret)} {
		if i := strings.Index(out.String(), form); i >= 0 {
			t.Errorf("a private value was printed: …%s…", out.String()[max(0, i-100):i+len(form)])
		}
	}
}

func TestPrivateIsNotJSONBeforeItIsSealed(t *testing.T) {
	if b, err := json.Marshal(open{Note: domain.Hide(secret)}); err == nil {
		t.Errorf("marshalled to %s", b)
	}
}

func TestSealedRoundTrip(t *testing.T) {
	o := newOffice(t)
	in := opened(openOf(100))
	name, schema, data, err := o.codec.Encode(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	reveals(t, "the caller's event", in.Note, "mái dột")
	if bytes.Contains(data, []byte("dột")) {
		t.Errorf("stored in plain text: %s", data)
	}
	sealed, err := o.codec.Decode(name, schema, data)
	if err != nil {
		t.Fatal(err)
	}
	if v, known := sealed.(opened).Note.Reveal(); known || v != "" {
		t.Errorf("decoding alone revealed %q", v)
	}
	out, err := o.codec.Open(t.Context(), sealed)
	if err != nil {
		t.Fatal(err)
	}
	reveals(t, "after opening", out.(opened).Note, "mái dột")
	if _, known := sealed.(opened).Note.Reveal(); known {
		t.Error("opening changed the caller's event")
	}
}

func TestSealingTwiceDiffers(t *testing.T) {
	o := newOffice(t)
	_, _, one, _ := o.codec.Encode(t.Context(), opened(openOf(100)))
	_, _, other, _ := o.codec.Encode(t.Context(), opened(openOf(100)))
	if bytes.Equal(one, other) {
		t.Error("the same value sealed twice gives the same bytes: equal values can be seen")
	}
}

func TestErasedPerson(t *testing.T) {
	o := newOffice(t)
	name, schema, data, err := o.codec.Encode(t.Context(), opened(openOf(100)))
	if err != nil {
		t.Fatal(err)
	}
	if err := o.keys.Destroy(t.Context(), borrower); err != nil {
		t.Fatal(err)
	}
	e, err := o.codec.Decode(name, schema, data)
	if err != nil || e.(opened).Amount != 100 {
		t.Fatalf("what is not private is lost with the person: %+v, %v", e, err)
	}
	if _, err := o.codec.Open(t.Context(), e); domain.CodeOf(err) != domain.ErrErased.Code {
		t.Errorf("open: %v, want person.erased", err)
	}
	if _, _, _, err := o.codec.Encode(t.Context(), opened(openOf(100))); domain.CodeOf(err) != domain.ErrErased.Code {
		t.Errorf("seal: %v, want person.erased", err)
	}
	if _, err := o.codec.Open(t.Context(), paid{borrower, 1}); err != nil {
		t.Errorf("an event with nothing sealed in it: %v", err)
	}
}

func TestAnotherPersonsKeyDoesNotOpen(t *testing.T) {
	o := newOffice(t)
	name, schema, data, err := o.codec.Encode(t.Context(), opened(openOf(100)))
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Replace(string(data), borrower.String(), uuid.NewString(), 1)
	e, err := o.codec.Decode(name, schema, []byte(other))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.codec.Open(t.Context(), e); err == nil {
		t.Error("a sealed value opened under another person's name")
	}
}

func TestPrivateValueOfNobody(t *testing.T) {
	o := newOffice(t)
	e := opened(openOf(100))
	e.Person = domain.PersonID{}
	if _, _, data, err := o.codec.Encode(t.Context(), e); err == nil {
		t.Errorf("stored as %s", data)
	}
}
