package domain

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/google/uuid"
)

// PersonID is the only name that a person has outside the case type person.
type PersonID struct{ uuid.UUID }

// IsZero tells whether nobody is named.
func (p PersonID) IsZero() bool { return p.UUID == uuid.Nil }

// Private holds a value that only people with a reason may see: a name, an identity number, free text that may name
// somebody. In the log it is sealed with the key of the event's [Subject]; destroying that key erases it for ever.
//
// It cannot leak by accident: it prints as "«riêng tư»", and turning it into JSON before the codec has sealed it is
// an error. T must not be a JSON object.
type Private[T any] struct {
	value  *T // behind a pointer, because fmt asks no method of a field that it may not use, and prints the field
	open   bool
	sealed []byte
}

// Hide returns v as a private value.
func Hide[T any](v T) Private[T] { return Private[T]{value: &v, open: true} }

// Reveal returns the value, and whether it is known here: a value from the log is not, until [Codec.Open].
func (p Private[T]) Reveal() (v T, known bool) {
	if p.value != nil {
		v = *p.value
	}
	return v, p.open
}

// IsZero tells whether there is nothing in it; it makes omitzero work.
func (p Private[T]) IsZero() bool {
	return len(p.sealed) == 0 && (!p.open || reflect.ValueOf(p.value).Elem().IsZero())
}

const privateMark = "«riêng tư»"

// String never shows the value.
func (p Private[T]) String() string { return privateMark }

// GoString never shows the value.
func (p Private[T]) GoString() string { return privateMark }

// Format never shows the value, whatever the verb.
func (p Private[T]) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(privateMark)) }

type sealedJSON struct {
	Sealed []byte `json:"sealed"`
}

var errUnsealed = errors.New("a private value reached JSON without being sealed")

// MarshalJSON writes the sealed form, and refuses where there is none.
func (p Private[T]) MarshalJSON() ([]byte, error) {
	if len(p.sealed) == 0 {
		return nil, errUnsealed
	}
	return json.Marshal(sealedJSON{p.sealed})
}

// UnmarshalJSON reads the sealed form from the log, or a plain value from a command.
func (p *Private[T]) UnmarshalJSON(b []byte) error {
	*p = Private[T]{}
	if strings.HasPrefix(strings.TrimSpace(string(b)), "{") {
		var s sealedJSON
		if err := json.Unmarshal(b, &s); err != nil || len(s.Sealed) == 0 {
			return errors.New("không phải giá trị riêng tư hợp lệ")
		}
		p.sealed = s.Sealed
		return nil
	}
	p.value, p.open = new(T), true
	if err := json.Unmarshal(b, p.value); err != nil {
		return errors.New("giá trị không đúng kiểu") // the cause may quote the value
	}
	return nil
}

// secret is what the codec sees of a Private of any type.
type secret interface {
	isSealed() bool
	unset() bool
	seal(cipher.AEAD, PersonID) error
	unseal(cipher.AEAD, PersonID) error
}

func (p *Private[T]) isSealed() bool { return len(p.sealed) > 0 }
func (p *Private[T]) unset() bool    { return p.IsZero() }

func (p *Private[T]) seal(a cipher.AEAD, who PersonID) error {
	plain, err := json.Marshal(p.value)
	if err != nil {
		return err
	}
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	_, _ = rand.Read(nonce) // crypto/rand never fails
	p.sealed = a.Seal(nonce, nonce, plain, who.UUID[:])
	return nil
}

func (p *Private[T]) unseal(a cipher.AEAD, who PersonID) error {
	n := a.NonceSize()
	if len(p.sealed) < n {
		return errors.New("sealed value too short")
	}
	plain, err := a.Open(nil, p.sealed[:n], p.sealed[n:], who.UUID[:])
	if err != nil {
		return fmt.Errorf("sealed value does not open with its person's key: %w", err)
	}
	value := new(T)
	if err := json.Unmarshal(plain, value); err != nil {
		return errors.New("sealed value has another type")
	}
	p.value, p.open = value, true
	return nil
}

// Subject is implemented by every event with a Private in it: the person with whose key it is sealed.
type Subject interface{ Subject() PersonID }

// Key is a secret of 256 bits.
type Key [32]byte

// ErrErased says that a person was erased: the key is gone for ever.
var ErrErased = &Error{Kind: NotFound, Code: "person.erased",
	Msg: "dữ liệu cá nhân của người này đã được xóa vĩnh viễn", En: "the personal data of this person was destroyed for good"}

// Keys keeps one key for each person, and one secret for the office. Its methods may be called at once from many
// goroutines.
type Keys interface {
	// Key returns the person's key. Where there is none yet it makes one, durable before it returns. After Destroy
	// it gives ErrErased, for ever.
	Key(ctx context.Context, person PersonID) (Key, error)
	// Destroy makes the person's key unrecoverable, also from the bytes on disk that this store controls.
	Destroy(ctx context.Context, person PersonID) error
	// Pseudonym returns the office's secret for keyed hashes. It is made once and never changes.
	Pseudonym(ctx context.Context) (Key, error)
}

func aead(k Key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(k[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

var secretType = reflect.TypeFor[secret]()

// secretFields caches where the Privates of a struct type lie.
var secretFields sync.Map // reflect.Type -> [][]int

func fieldsOf(t reflect.Type) [][]int {
	if v, ok := secretFields.Load(t); ok {
		return v.([][]int)
	}
	var found [][]int
	for _, f := range reflect.VisibleFields(t) {
		if !f.Anonymous && f.IsExported() && reflect.PointerTo(f.Type).Implements(secretType) {
			found = append(found, f.Index)
		}
	}
	secretFields.Store(t, found)
	return found
}

// secretsOf returns the Privates of the struct that ptr points to.
func secretsOf(ptr reflect.Value) []secret {
	var s []secret
	for _, index := range fieldsOf(ptr.Type().Elem()) {
		s = append(s, ptr.Elem().FieldByIndex(index).Addr().Interface().(secret))
	}
	return s
}
