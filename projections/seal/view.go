package seal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
	dseal "hoso/domain/seal"
	"hoso/projections"
)

// CaseType is the case type of checkpoints.
const CaseType = "seal"

// View keeps the hashes of the tree, and where the checkpoints are. It implements projections.View.
type View struct{}

// Name implements projections.View.
func (View) Name() string { return "seal" }

// Version implements projections.View.
func (View) Version() string { return "1" }

// Schema implements projections.View. Of a checkpoint, ordinal is the position of its event, recorded when it was made, in
// microseconds.
func (View) Schema() []string {
	return []string{
		`CREATE TABLE IF NOT EXISTS seal_tiles (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL)`,
		`CREATE TABLE IF NOT EXISTS seal_checkpoints (ordinal INTEGER PRIMARY KEY, size INTEGER NOT NULL, recorded INTEGER NOT NULL, note TEXT NOT NULL)`,
	}
}

// Apply implements projections.View.
func (View) Apply(ctx context.Context, tx *projections.Tx, batch []projections.Event) error {
	hashes := make([]byte, 0, len(batch)*tlog.HashSize)
	var buffer []byte
	for i := range batch {
		e := &batch[i]
		var leaf tlog.Hash
		leaf, buffer = leafOf(e.Recorded, buffer)
		hashes = append(hashes, leaf[:]...)
		if c, ok := e.Event.(dseal.Checkpointed); ok {
			size, _ := c.Note.Size()
			err := tx.Exec(ctx, "INSERT INTO seal_checkpoints VALUES (?,?,?,?)", int64(e.Ordinal), int64(size), e.Meta.Recorded.UnixMicro(), string(c.Note))
			if err != nil {
				return err
			}
		}
	}
	return grow(written{ctx, tx}, int64(batch[0].Ordinal)-1, hashes)
}

// written is the tiles in the transaction of a batch.
type written struct {
	ctx context.Context
	tx  *projections.Tx
}

const loadTile = "SELECT hashes FROM seal_tiles WHERE place = ?"

func (w written) load(level int, n int64) ([]byte, error) {
	var tile []byte
	_, err := w.tx.First(w.ctx, loadTile, []any{place(level, n)}, &tile)
	return tile, err
}

func (w written) save(level int, n int64, tile []byte) error {
	return w.tx.Exec(w.ctx, "INSERT INTO seal_tiles VALUES (?,?) ON CONFLICT DO UPDATE SET hashes = excluded.hashes", place(level, n), tile)
}

// kept is the tiles as a reader's transaction sees them.
type kept struct {
	ctx context.Context
	tx  *sql.Tx
}

func (k kept) load(level int, n int64) ([]byte, error) {
	return tileIn(k.tx.QueryRowContext(k.ctx, loadTile, place(level, n)))
}

func (kept) save(int, int64, []byte) error { return errors.ErrUnsupported }

func tileIn(row *sql.Row) (tile []byte, err error) {
	if err = row.Scan(&tile); errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return tile, err
}

// noteIn returns the checkpoint that a stored event holds, where it is one.
func noteIn(e domain.Recorded) (n dseal.Note, ok bool, err error) {
	if e.Type != (dseal.Checkpointed{}).EventType() {
		return "", false, nil
	}
	var c dseal.Checkpointed
	err = json.Unmarshal(e.Data, &c)
	return c.Note, true, err
}
