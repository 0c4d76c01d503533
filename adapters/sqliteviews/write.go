package sqliteviews

import (
	"context"
	"database/sql"
	"errors"
	"sync"
)

// session is the connection of who writes, with the statements that were prepared on it.
type session struct {
	conn     *sql.Conn
	mu       sync.Mutex
	prepared map[string]*sql.Stmt
}

// Write implements projections.Store. The end of the context keeps a transaction from being begun; one that was begun is
// ended by the function alone, since a statement that came after its end would be none of it. A file that turns out to be
// damaged is removed, so that the next start rebuilds it.
func (f *File) Write(ctx context.Context, write func(*sql.Tx) error) error {
	select {
	case f.writing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-f.writing }()
	err := f.write(ctx, write)
	if err != nil {
		_ = f.end() // whatever became of the connection, the next write has a sound one
		if damaged(err) {
			err = errors.Join(err, remove(f.path))
		}
	}
	return err
}

func (f *File) write(ctx context.Context, write func(*sql.Tx) error) error {
	if f.session == nil {
		conn, err := f.writer.Conn(ctx)
		if err != nil {
			return err
		}
		f.session = &session{conn: conn, prepared: map[string]*sql.Stmt{}}
	}
	tx, err := f.session.conn.BeginTx(context.WithoutCancel(ctx), nil)
	if err != nil {
		return err
	}
	if err = write(tx); err == nil {
		err = tx.Commit()
	}
	if err != nil {
		_ = tx.Rollback() // after a Commit it has nothing to do
	}
	return err
}

// Prepare implements projections.Store.
func (f *File) Prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	s := f.session
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt, ok := s.prepared[query]
	if !ok {
		var err error
		if stmt, err = s.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
		s.prepared[query] = stmt
	}
	return stmt, nil
}

// end gives the session's connection back.
func (f *File) end() (err error) {
	if f.session == nil {
		return nil
	}
	for _, stmt := range f.session.prepared {
		err = errors.Join(err, stmt.Close())
	}
	err = errors.Join(err, f.session.conn.Close())
	f.session = nil
	return err
}
