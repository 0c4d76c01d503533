package domain_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"

	"hoso/domain"
)

func digestOf(s string) string { d := sha256.Sum256([]byte(s)); return hex.EncodeToString(d[:]) }

func attach(change func(*domain.Document)) domain.Attach {
	c := domain.Attach{Type: "loan", Document: domain.Document{Kind: "application", Title: domain.Hide("Đơn vay của Lục Thị Én"), Media: "application/pdf",
		Size: 1234, Digest: domain.Hide(digestOf("plain")), Stored: digestOf("sealed")}}
	if change != nil {
		change(&c.Document)
	}
	return c
}

func TestAttach(t *testing.T) {
	o := newOffice(t)
	if _, err := o.handler.Handle(t.Context(), o.request(attach(nil), 20240402)); domain.CodeOf(err) != "attach.no_case" {
		t.Errorf("a case that is not there: %v", err)
	}
	o.accepted(openOf(100), 20240401)
	o.accepted(attach(nil), 20240402)
	o.accepted(pay{40}, 20240403)
	s, events := o.replay()
	if s.Owed != 60 {
		t.Errorf("owed %d: an attachment changed the case", s.Owed)
	}
	e := events[1].Event.(domain.Attached)
	if e.Subject().IsZero() || e.Subject() != s.Person || events[1].Type != "loan.attached" || events[1].Schema != 1 {
		t.Errorf("%+v of %s", events[1].Recorded, e.Subject())
	}
	stored := string(events[1].Data)
	for _, secret := range []string{"Lục", digestOf("plain")} {
		if strings.Contains(stored, secret) {
			t.Errorf("the log holds %q in %s", secret, stored)
		}
	}
	if !strings.Contains(stored, digestOf("sealed")) {
		t.Errorf("no hash of the sealed bytes in %s", stored)
	}
	if d := cmp.Diff([][]int64{{20240401, 100}, nil, {20240403, -40}}, o.adds()); d != "" {
		t.Errorf("contributions (-want +got):\n%s", d)
	}
	ct := loanType()
	if b := ct.Summarize(events).Brief(); b.Last != 20240403 || len(b.Persons) != 1 {
		t.Errorf("summary %+v", b)
	}
	opened, err := o.catalog.Codec(o.keys).Open(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	if title, ok := opened.(domain.Attached).Title.Reveal(); !ok || title != "Đơn vay của Lục Thị Én" {
		t.Errorf("opened title %q %t", title, ok)
	}
}

func TestAttachRefuses(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	for name, c := range map[string]struct {
		change func(*domain.Document)
		code   string
	}{
		"no kind":         {func(d *domain.Document) { d.Kind = "poem" }, "attach.malformed"},
		"a program":       {func(d *domain.Document) { d.Media = "application/x-msdownload" }, "attach.malformed"},
		"nothing":         {func(d *domain.Document) { d.Size = 0 }, "attach.malformed"},
		"too much":        {func(d *domain.Document) { d.Size = domain.MaxDocument + 1 }, "attach.malformed"},
		"no digest":       {func(d *domain.Document) { d.Digest = domain.Hide("abc") }, "attach.malformed"},
		"a loud digest":   {func(d *domain.Document) { d.Stored = strings.ToUpper(d.Stored) }, "attach.malformed"},
		"a path":          {func(d *domain.Document) { d.Stored = "../../etc/passwd" }, "attach.malformed"},
		"two lines":       {func(d *domain.Document) { d.Title = domain.Hide("a\r\nSet-Cookie: x=y") }, "attach.wrong_title"},
		"letters turned":  {func(d *domain.Document) { d.Title = domain.Hide("anh\u202efdp.exe") }, "attach.wrong_title"},
		"a book":          {func(d *domain.Document) { d.Title = domain.Hide(strings.Repeat("ắ", 201)) }, "attach.wrong_title"},
		"another's paper": {func(d *domain.Document) { d.Person = domain.PersonID{UUID: uuid.New()} }, "attach.other_person"},
		"a long title":    {func(d *domain.Document) { d.Title = domain.Hide(strings.Repeat("ắ", 200)) }, ""},
		"no title":        {func(d *domain.Document) { d.Title = domain.Private[string]{} }, ""},
	} {
		_, err := o.handler.Handle(t.Context(), o.request(attach(c.change), 20240402))
		if c.code == "" && err != nil || c.code != "" && domain.CodeOf(err) != c.code {
			t.Errorf("%s: %v, want %q", name, err, c.code)
		}
	}
}

// What is withdrawn is voided as any act; title and kind can be corrected, the bytes cannot.
func TestAttachmentsAreAmended(t *testing.T) {
	o := newOffice(t)
	o.accepted(openOf(100), 20240401)
	o.accepted(attach(nil), 20240402)
	for _, field := range []string{`{"stored":"` + digestOf("other") + `"}`, `{"digest":"` + digestOf("other") + `"}`, `{"size":99}`, `{"media":"image/png"}`} {
		if _, err := o.handler.Handle(t.Context(), o.request(correct(2, field), 20240403)); domain.CodeOf(err) != "attach.bytes_fixed" {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := o.handler.Handle(t.Context(), o.request(correct(2, `{"title":"a\u0007"}`), 20240403)); domain.CodeOf(err) != "attach.wrong_title" {
		t.Errorf("a wrong title: %v", err)
	}
	if _, err := o.handler.Handle(t.Context(), o.request(correct(2, `{"person":"`+uuid.NewString()+`"}`), 20240403)); domain.CodeOf(err) != "amend.other_person" {
		t.Errorf("another person: %v", err)
	}
	o.accepted(correct(2, `{"kind":"photo","title":"Ảnh thẻ"}`), 20240403)
	o.accepted(void(2), 20240404)
	o.accepted(void(1), 20240405) // the attachment does not stand in the way of its case
	if _, err := o.handler.Handle(t.Context(), o.request(void(2), 20240405)); domain.CodeOf(err) != "amend.already_voided" {
		t.Errorf("voided twice: %v", err)
	}
	_, events := o.replay()
	c := events[2].Event.(domain.Corrected)
	if was, now := c.Was.Event.(domain.Attached), c.Now.Event.(domain.Attached); was.Kind != "application" || now.Kind != "photo" || now.Stored != was.Stored {
		t.Errorf("%+v", c)
	}
	if d := cmp.Diff([][]int64{{20240401, 100}, nil, nil, nil, {20240401, -100}}, o.adds()); d != "" {
		t.Errorf("contributions (-want +got):\n%s", d)
	}
	opened, err := o.catalog.Codec(o.keys).Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if title, _ := opened.(domain.Corrected).Now.Event.(domain.Attached).Title.Reveal(); title != "Ảnh thẻ" {
		t.Errorf("corrected title %q", title)
	}
}

// The stored form of an attachment: written once, it is read for ever.
func TestStoredAttachment(t *testing.T) {
	o := newOffice(t)
	const stored = `{"kind":"identity","title":{"sealed":"AAAA"},"person":"0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c","media":"image/png","size":7,"digest":{"sealed":"AAAA"},"stored":"abc"}`
	codec := o.catalog.Codec(o.keys)
	e, err := codec.Decode("loan.attached", 1, []byte(stored))
	if err != nil {
		t.Fatal(err)
	}
	if a := e.(domain.Attached); a.Type != "loan" || a.Kind != "identity" || a.Size != 7 || a.Stored != "abc" || a.Person.String() != "0b5c1c0e-6f0a-4c52-9c5f-3a4f0d1e2b3c" {
		t.Errorf("%+v", a)
	}
	again, err := json.Marshal(e)
	if err != nil || string(again) != stored {
		t.Errorf("written again as %s, %v", again, err)
	}
	if _, err := codec.Decode("loan.attached", 2, []byte(stored)); err == nil {
		t.Error("a schema of a newer program is guessed at")
	}
	if _, err := codec.Decode("loan.attached", 1, []byte(`{"kind":"photo","extra":1}`)); err == nil {
		t.Error("a field that nobody knows is dropped")
	}
}

func TestSealedDocuments(t *testing.T) {
	o := newOffice(t)
	codec := o.catalog.Codec(o.keys)
	lan := domain.Document{Person: domain.PersonID{UUID: uuid.New()}}
	plain := bytes.Repeat([]byte("Lục Thị Én "), 1000)
	sealed, err := codec.SealDocument(t.Context(), o.id, lan, plain)
	if err != nil || bytes.Contains(sealed, []byte("Lục")) || len(sealed) != len(plain)+28 {
		t.Fatalf("%d bytes, %v", len(sealed), err)
	}
	if got, err := codec.OpenDocument(t.Context(), o.id, lan, sealed); err != nil || !bytes.Equal(got, plain) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if twice, _ := codec.SealDocument(t.Context(), o.id, lan, plain); bytes.Equal(twice, sealed) {
		t.Error("the same document is sealed to the same bytes: who guesses it can prove the guess")
	}
	flipped := bytes.Clone(sealed)
	flipped[len(flipped)/2] ^= 1
	other := o.id
	other.ID = uuid.New()
	for name, try := range map[string]func() ([]byte, error){
		"a flipped bit":  func() ([]byte, error) { return codec.OpenDocument(t.Context(), o.id, lan, flipped) },
		"cut off":        func() ([]byte, error) { return codec.OpenDocument(t.Context(), o.id, lan, sealed[:5]) },
		"another case":   func() ([]byte, error) { return codec.OpenDocument(t.Context(), other, lan, sealed) },
		"another person": func() ([]byte, error) { return codec.OpenDocument(t.Context(), o.id, domain.Document{}, sealed) },
	} {
		if _, err := try(); !errors.Is(err, domain.ErrDocumentUnsealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := o.keys.Destroy(t.Context(), lan.Person); err != nil {
		t.Fatal(err)
	}
	if _, err := codec.OpenDocument(t.Context(), o.id, lan, sealed); !errors.Is(err, domain.ErrErased) {
		t.Errorf("after the erasure: %v", err)
	}
}
