package seal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
	dseal "hoso/domain/seal"
	"hoso/projections"
)

// Reader reads the tree in the views. Its methods may be called at once from many goroutines.
type Reader struct{ db *sql.DB }

// NewReader returns a reader of the file that a runner fills.
func NewReader(db *sql.DB) *Reader { return &Reader{db} }

// Made is a checkpoint of the log.
type Made struct {
	Position domain.Ordinal // of its event
	Size     domain.Ordinal // events that it covers
	At       time.Time
	Note     dseal.Note
}

// State is how far the log is sealed.
type State struct {
	Position domain.Ordinal // the last event in the views
	Last     Made           // the zero Made where nothing was sealed yet
}

// Unsealed returns the number of events that no checkpoint covers; a checkpoint that covers all before itself leaves none.
func (s State) Unsealed() domain.Ordinal {
	if s.Position == s.Last.Position && s.Position == s.Last.Size+1 {
		return 0
	}
	return s.Position - s.Last.Size
}

// State tells how far the log is sealed, as the views know it.
func (r *Reader) State(ctx context.Context) (s State, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		if s.Position, err = projections.Last(ctx, tx); err != nil {
			return err
		}
		s.Last, err = made(tx.QueryRowContext(ctx, selectMade+"ORDER BY size DESC LIMIT 1"))
		return err
	})
	return s, err
}

const selectMade = "SELECT ordinal, size, recorded, note FROM seal_checkpoints "

func made(row *sql.Row) (m Made, err error) {
	var micros int64
	err = row.Scan(&m.Position, &m.Size, &micros, &m.Note)
	if errors.Is(err, sql.ErrNoRows) {
		return Made{}, nil
	}
	m.At = time.UnixMicro(micros).UTC()
	return m, err
}

// At returns the root of the first so many events; NotFound (seal.beyond_end) where the views have fewer.
func (r *Reader) At(ctx context.Context, size domain.Ordinal) (c Checkpoint, err error) {
	err = r.look(ctx, func(tx *sql.Tx) error {
		c, err = rootAt(ctx, tx, size)
		return err
	})
	return c, err
}

var errBeyondEnd = &domain.Error{Kind: domain.NotFound, Code: "seal.beyond_end", Msg: "nhật ký ngắn hơn phần đã niêm phong"}

func rootAt(ctx context.Context, tx *sql.Tx, size domain.Ordinal) (Checkpoint, error) {
	last, err := projections.Last(ctx, tx)
	if err != nil {
		return Checkpoint{}, err
	}
	if size > last {
		return Checkpoint{}, errBeyondEnd
	}
	root, err := tlog.TreeHash(int64(size), read(kept{ctx, tx}))
	return Checkpoint{size, root}, err
}

// look runs a question on one state of the file.
func (r *Reader) look(ctx context.Context, ask func(*sql.Tx) error) error {
	tx, err := r.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return ask(tx)
}
