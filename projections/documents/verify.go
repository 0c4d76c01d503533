package documents

import (
	"context"
	"errors"
	"fmt"

	"hoso/domain"
)

// Found is what is wrong with a document.
type Found struct {
	Code     string // document.missing, document.differs, document.unsealed
	Position domain.Ordinal
	Case     domain.StreamID
	Version  uint64
}

// Verifier holds the bytes against what the events say. It is for one goroutine.
type Verifier struct {
	Store  Store
	Codec  *domain.Codec
	Seen   int // documents that were looked at
	Erased int // of people who were erased: nobody can read them, and their bytes may be gone
	Found  []Found
}

// Look looks at an event of the log; of one that attaches nothing it sees only the name. An error says that it could not go on.
func (v *Verifier) Look(ctx context.Context, at domain.Ordinal, e domain.Recorded) error {
	if e.Type != e.Stream.Type+".attached" {
		return nil
	}
	event, err := v.Codec.Decode(e.Type, e.Schema, e.Data)
	if err != nil {
		return fmt.Errorf("%s version %d: %w", e.Stream, e.Version, err)
	}
	a, ok := event.(domain.Attached)
	if !ok {
		return nil
	}
	v.Seen++
	_, err = Open(ctx, v.Store, v.Codec, e.Stream, a.Document)
	if err == nil {
		return nil
	}
	if _, closed := v.Codec.Open(ctx, a); errors.Is(closed, domain.ErrErased) {
		v.Erased++
		return nil
	}
	for _, wrong := range []*domain.Error{ErrMissing, ErrDamaged, domain.ErrDocumentUnsealed} {
		if errors.Is(err, wrong) {
			v.Found = append(v.Found, Found{wrong.Code, at, e.Stream, e.Version})
			return nil
		}
	}
	return fmt.Errorf("%s version %d: %w", e.Stream, e.Version, err)
}
