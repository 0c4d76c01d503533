package intake

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"strings"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"hoso/domain"
)

// Names makes ids out of what an office calls its cases and people. The same name gives the same id as long as the
// office keeps its secret; without the secret nobody can tell one from the other.
type Names struct{ secret domain.Key }

// NewNames returns the names of the office that keeps these keys.
func NewNames(ctx context.Context, keys domain.Keys) (Names, error) {
	secret, err := keys.Pseudonym(ctx)
	return Names{secret}, err
}

// Case returns the id of a case: written as a uuid or as "<case type>-<uuid>" it is that uuid, any other reference is
// hashed. Each case type has references of its own.
func (n Names) Case(caseType, reference string) uuid.UUID {
	reference = strings.TrimSpace(reference)
	if id, ok := parseID(strings.TrimPrefix(reference, caseType+"-")); ok {
		return id
	}
	return n.id("case", caseType, norm.NFC.String(reference))
}

// Pseudonym returns the id that stands for a value which must not be told, such as an identity number.
func (n Names) Pseudonym(value string) uuid.UUID { return n.id("pseudonym", value) }

// command returns the id of a command that was given none.
func (n Names) command(content string) uuid.UUID { return n.id("command", content) }

// Fingerprint returns a short text that differs where the content of a command differs: [domain.Request.Fingerprint].
func (n Names) Fingerprint(content ...string) string {
	return base64.RawURLEncoding.EncodeToString(n.sum(append([]string{"fingerprint"}, content...)...)[:16])
}

// id makes a uuid of version 8 (RFC 9562, section 5.8) from a keyed hash.
func (n Names) id(parts ...string) uuid.UUID {
	id := uuid.UUID(n.sum(parts...)[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// sum is HMAC-SHA256 over the parts, each with its length before it, so that no two lists of parts run together.
func (n Names) sum(parts ...string) []byte {
	h := hmac.New(sha256.New, n.secret[:])
	for _, p := range parts {
		_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(p))))
		_, _ = h.Write([]byte(p))
	}
	return h.Sum(nil)
}

// parseID reads a uuid in its usual form only: the other forms that uuid.Parse takes may be somebody's reference.
func parseID(s string) (uuid.UUID, bool) {
	if len(s) != 36 {
		return uuid.Nil, false
	}
	id, err := uuid.Parse(s)
	return id, err == nil && id != uuid.Nil
}
