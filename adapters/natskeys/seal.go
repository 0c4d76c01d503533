package natskeys

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"

	"hoso/domain"
)

// sealedSize is the length of a sealed key: nonce, key, tag.
const sealedSize = 12 + 32 + 16

func newAEAD(key domain.Key) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// newKey makes a key and seals it for one place: where the sealed bytes are moved to another person they do not open.
func newKey(kek cipher.AEAD, place string) (key domain.Key, sealed []byte) {
	_, _ = rand.Read(key[:]) // crypto/rand never fails
	return key, seal(kek, place, key)
}

func seal(kek cipher.AEAD, place string, key domain.Key) []byte {
	nonce := make([]byte, kek.NonceSize(), sealedSize)
	_, _ = rand.Read(nonce)
	return kek.Seal(nonce, nonce, key[:], []byte(place))
}

func unseal(kek cipher.AEAD, place string, sealed []byte) (key domain.Key, err error) {
	if len(sealed) != sealedSize {
		return key, errors.New("a sealed key has the wrong length")
	}
	n := kek.NonceSize()
	plain, err := kek.Open(nil, sealed[:n], sealed[n:], []byte(place))
	if err != nil {
		return key, errors.New("a sealed key does not open with the key-encryption key")
	}
	return domain.Key(plain), nil
}
