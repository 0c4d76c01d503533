package signin

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// file keeps sessions and failed attempts. It implements scs.CtxStore; tokens come to it hashed. What is lost with it is no
// more than that people have to log in again.
type file struct {
	db    *sql.DB
	clock func() time.Time
	mu    sync.Mutex
	swept time.Time
}

// sweeping is how often at most what has ended is taken out.
const sweeping = time.Hour

const schema = `
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, data BLOB NOT NULL, expiry INTEGER NOT NULL, ended INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts (key BLOB PRIMARY KEY, failures INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS devices (key BLOB PRIMARY KEY, account BLOB NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS devices_by_account ON devices (account, last)`

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
	f := &file{db: db, clock: clock}
	if _, err = db.ExecContext(ctx, schema); err == nil {
		err = f.sweepNow(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sessions %s: %w", path, err), db.Close())
	}
	return f, nil
}

// sweepNow takes out what has ended by its time, where that was not done within the hour.
func (f *file) sweepNow(ctx context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock()
	if now.Sub(f.swept) < sweeping {
		return nil
	}
	for query, before := range map[string]time.Time{
		"DELETE FROM sessions WHERE expiry < ?": now,
		"DELETE FROM attempts WHERE last < ?":   now.Add(-forgiven),
		"DELETE FROM devices WHERE last < ?":    now.Add(-deviceKept),
	} {
		if _, err := f.db.ExecContext(ctx, query, before.UnixMicro()); err != nil {
			return err
		}
	}
	f.swept = now
	return nil
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
	if err := f.sweepNow(ctx); err != nil {
		return err
	}
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
