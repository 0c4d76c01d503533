package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// file keeps sessions and failed attempts. It implements scs.CtxStore; tokens come to it hashed. What is lost with it is no
// more than that people have to log in again.
type file struct {
	db    *sql.DB
	clock func() time.Time
}

const schema = `
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, data BLOB NOT NULL, expiry INTEGER NOT NULL, ended INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (key BLOB PRIMARY KEY, failures INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID`

func openFile(ctx context.Context, dir string, clock func() time.Time) (*file, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "signin.db")
	own, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // the files beside it get the same mode
	if err != nil {
		return nil, err
	}
	if err := errors.Join(own.Chmod(0o600), own.Close()); err != nil {
		return nil, err
	}
	q := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(normal)"}, "_txlock": {"immediate"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	f := &file{db, clock}
	if _, err = db.ExecContext(ctx, schema); err == nil {
		err = f.sweep(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sessions %s: %w", path, err), db.Close())
	}
	return f, nil
}

// sweep takes out what has ended by its time.
func (f *file) sweep(ctx context.Context) error {
	now := f.clock()
	if _, err := f.db.ExecContext(ctx, "DELETE FROM sessions WHERE expiry < ?", now.UnixMicro()); err != nil {
		return err
	}
	_, err := f.db.ExecContext(ctx, "DELETE FROM attempts WHERE last < ?", now.Add(-forgiven).UnixMicro())
	return err
}

// FindCtx implements scs.CtxStore.
func (f *file) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = f.db.QueryRowContext(ctx, "SELECT data FROM sessions WHERE token = ? AND expiry > ? AND ended = 0", token, f.clock().UnixMicro()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx implements scs.CtxStore. A session that has ended stays so, whatever another request of it writes afterwards.
func (f *file) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := f.db.ExecContext(ctx, `INSERT INTO sessions VALUES (?,?,?,0)
		ON CONFLICT DO UPDATE SET data = excluded.data, expiry = excluded.expiry WHERE ended = 0`, token, data, expiry.UnixMicro())
	return err
}

// DeleteCtx implements scs.CtxStore. The row stays until its time is over, see CommitCtx.
func (f *file) DeleteCtx(ctx context.Context, token string) error {
	_, err := f.db.ExecContext(ctx, "UPDATE sessions SET ended = 1, data = x'' WHERE token = ?", token)
	return err
}

// Find implements scs.Store.
func (f *file) Find(token string) ([]byte, bool, error) {
	return f.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (f *file) Commit(token string, data []byte, expiry time.Time) error {
	return f.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (f *file) Delete(token string) error { return f.DeleteCtx(context.Background(), token) }
