package domain

import (
	"context"
	"crypto/rand"
	"errors"
)

// documentMark begins what a document is bound to, so that nothing else that is sealed with the same key opens as one.
const documentMark = "hoso document 1"

// ErrDocumentUnsealed says that stored bytes are not the document that the case says they are.
var ErrDocumentUnsealed = &Error{Kind: Internal, Code: "document.unsealed",
	Msg: "tài liệu không mở được bằng khóa của người đó: nội dung lưu đã bị thay đổi", En: "the document does not open with its person's key: the stored bytes were changed"}

// SealDocument seals a document with its owner's key (AES-256-GCM), bound to the case and the owner: the bytes of another case
// do not open here. What is sealed is 28 bytes longer, and another time other bytes.
func (c *Codec) SealDocument(ctx context.Context, id StreamID, d Document, plain []byte) ([]byte, error) {
	key, err := c.keys.Key(ctx, d.Owner())
	if err != nil {
		return nil, err
	}
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, a.NonceSize(), a.NonceSize()+len(plain)+a.Overhead())
	_, _ = rand.Read(nonce) // crypto/rand never fails
	return a.Seal(nonce, nonce, plain, documentBond(id, d)), nil
}

// OpenDocument opens what SealDocument has sealed. A person who was erased gives ErrErased, other bytes ErrDocumentUnsealed.
func (c *Codec) OpenDocument(ctx context.Context, id StreamID, d Document, sealed []byte) ([]byte, error) {
	key, err := c.keys.Key(ctx, d.Owner())
	if err != nil {
		return nil, err
	}
	a, err := aead(key)
	if err != nil {
		return nil, err
	}
	n := a.NonceSize()
	if len(sealed) < n {
		return nil, ErrDocumentUnsealed
	}
	plain, err := a.Open(nil, sealed[:n], sealed[n:], documentBond(id, d))
	if err != nil {
		return nil, errors.Join(ErrDocumentUnsealed, err)
	}
	return plain, nil
}

func documentBond(id StreamID, d Document) []byte {
	owner := d.Owner()
	return append(append([]byte(documentMark), owner.UUID[:]...), id.String()...)
}
