// Package documents keeps what cases have attached to them: the bytes beside the log, and a view that knows which they are.
//
//	bytes ─ seal with the person's key ─▶ Store.Put ─ durable ─▶ the event "<case type>.attached" ─▶ acknowledged
//	                                          │                         │
//	                                          └──── by the SHA-256 of the sealed bytes, which the event holds
//
// Bytes come before their event, so an event never waits for bytes. Bytes without an event, which a crash in between leaves, and
// those of a person who was erased are swept ([Sweeper]). Nothing here is readable without the keys of persons.
package documents

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"time"

	"hoso/domain"
)

// Store keeps sealed bytes under their SHA-256 in lower-case hex, their name. The suite documentstest is this contract as a
// program. All methods may be called at once from many goroutines.
type Store interface {
	// Put keeps up to [MaxStored] bytes and returns their name. Success means that they are durable: they survive a killed
	// process and a lost power supply (on a quorum, in a cluster), whole. After an error they may be there whole, or not at
	// all. Putting the same bytes again changes nothing, not even their age.
	Put(ctx context.Context, sealed []byte) (name string, err error)
	// Get returns what is kept under a name: ErrMissing where nothing is, and ErrDamaged where it is not what was put.
	Get(ctx context.Context, name string) ([]byte, error)
	// Drop takes bytes out; what is not there needs no dropping. They are not overwritten on disk: what was sealed with a
	// key that is destroyed says nothing to anybody.
	Drop(ctx context.Context, name string) error
	// All yields what is kept, in no certain order. What is put or dropped meanwhile may be among it or not.
	All(ctx context.Context) iter.Seq2[Stored, error]
}

// Stored is something that a store keeps.
type Stored struct {
	Name string
	At   time.Time // when it was put, by the store's clock
}

// MaxStored is how many bytes a store takes at once: a document, sealed.
const MaxStored = domain.MaxDocument + 1<<10

// The errors of a [Store].
var (
	ErrMissing = &domain.Error{Kind: domain.NotFound, Code: "document.missing",
		Msg: "nội dung tài liệu không còn trong kho; hãy báo quản trị viên đối chiếu bản sao lưu", En: "the bytes of the document are not in the store; tell the administrator to look into a backup"}
	ErrDamaged = &domain.Error{Kind: domain.Internal, Code: "document.differs",
		Msg: "nội dung tài liệu trong kho khác với mã băm trong hồ sơ; hãy báo quản trị viên đối chiếu bản sao lưu", En: "the bytes of the document are not those of the hash in the case; tell the administrator to look into a backup"}
	ErrTooLarge = &domain.Error{Kind: domain.Invalid, Code: "document.too_large", Field: "file",
		Msg: "tài liệu lớn hơn 10 MB; hãy quét ở độ phân giải thấp hơn hoặc chia thành nhiều tệp", En: "the document is larger than 10 MB; scan it with a lower resolution, or divide it"}
)

// NameOf returns the name of bytes.
func NameOf(sealed []byte) string { return hexOf(sha256.Sum256(sealed)) }

// DigestOf returns the SHA-256 of a document in hex.
func DigestOf(plain []byte) string { return hexOf(sha256.Sum256(plain)) }

func hexOf(d [sha256.Size]byte) string { return hex.EncodeToString(d[:]) }

// IsName tells whether a text can be the name of something.
func IsName(name string) bool {
	if len(name) != 2*sha256.Size {
		return false
	}
	for i := range len(name) {
		if c := name[i]; (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Open returns a document of a case as it was attached: the bytes are those of both hashes. Errors: those of [Store.Get],
// person.erased, document.unsealed, document.differs.
func Open(ctx context.Context, s Store, c *domain.Codec, id domain.StreamID, d domain.Document) ([]byte, error) {
	sealed, err := s.Get(ctx, d.Stored)
	if err != nil {
		return nil, err
	}
	plain, err := c.OpenDocument(ctx, id, d, sealed)
	if err != nil {
		return nil, err
	}
	opened, err := c.Open(ctx, domain.Attached{Type: id.Type, Document: d})
	if err != nil {
		return nil, err
	}
	digest, _ := opened.(domain.Attached).Digest.Reveal()
	if digest != DigestOf(plain) || int64(len(plain)) != d.Size {
		return nil, ErrDamaged
	}
	return plain, nil
}
