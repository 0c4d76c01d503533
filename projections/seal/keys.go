package seal

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"hoso/domain"
	dseal "hoso/domain/seal"
)

// origin is the first line of every checkpoint and the name of every key.
const origin = "hoso"

// PublicKey returns the public key of a signing key, as text: "hoso+1b2c3d4e+AY5…".
func PublicKey(seed domain.Key) string {
	s, err := note.NewEd25519VerifierKey(origin, ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey))
	if err != nil {
		panic(err) // the name or the length of the key would have to be wrong
	}
	return s
}

// signer implements note.Signer.
type signer struct {
	note.Verifier
	key ed25519.PrivateKey
}

func (s signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

// Sign signs a checkpoint.
func Sign(c Checkpoint, seed domain.Key) (dseal.Note, error) {
	v, err := note.NewVerifier(PublicKey(seed))
	if err != nil {
		return "", err
	}
	signed, err := note.Sign(&note.Note{Text: c.String()}, signer{v, ed25519.NewKeyFromSeed(seed[:])})
	return dseal.Note(signed), err
}

// Trust is the public keys whose signatures count, in the order in which they came into use.
type Trust struct{ keys []note.Verifier }

// TrustIn reads public keys, one a line, the oldest first. Empty lines and lines that begin with # do not count.
func TrustIn(text string) (t Trust, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		v, err := note.NewVerifier(line)
		if err != nil || v.Name() != origin {
			return t, domain.Malformed("seal.bad_key", "key", "không phải khóa công khai dạng hoso+…+…")
		}
		t.keys = append(t.keys, v)
	}
	if len(t.keys) == 0 {
		return t, domain.Malformed("seal.bad_key", "key", "không có khóa công khai nào")
	}
	return t, nil
}

// TrustOf trusts the public keys of an office's own signing keys.
func TrustOf(seeds []domain.Key) (t Trust) {
	for _, s := range seeds {
		v, err := note.NewVerifier(PublicKey(s))
		if err != nil {
			panic(err) // PublicKey has just made it
		}
		t.keys = append(t.keys, v)
	}
	return t
}

var (
	errUnknownKey   = &domain.Error{Kind: domain.Rejected, Code: "seal.unknown_key", Msg: "dấu niêm phong không do khóa nào đang được tin cậy ký"}
	errBadSignature = &domain.Error{Kind: domain.Rejected, Code: "seal.bad_signature", Msg: "chữ ký của dấu niêm phong không đúng"}
	errBadNote      = &domain.Error{Kind: domain.Rejected, Code: "seal.malformed", Msg: "dấu niêm phong không đúng dạng"}
)

// Open checks the signature of a checkpoint and returns what was signed, and the number of the key: 0, 1, 2… Errors:
// seal.unknown_key, seal.bad_signature, seal.malformed.
func (t Trust) Open(n dseal.Note) (c Checkpoint, key int, err error) {
	opened, err := note.Open([]byte(n), note.VerifierList(t.keys...))
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		return c, 0, errUnknownKey
	case errors.As(err, &invalid):
		return c, 0, errBadSignature
	case err != nil:
		return c, 0, fmt.Errorf("%w: %w", errBadNote, err)
	}
	for _, s := range opened.Sigs {
		key = max(key, slices.IndexFunc(t.keys, func(v note.Verifier) bool { return v.KeyHash() == s.Hash }))
	}
	c, err = parse(opened.Text)
	return c, key, err
}
