// Package sqliteviews keeps the views of one generation in one SQLite file, views-<generation>.db, beside which other
// generations may still lie. Nothing in it is worth a backup: the log rebuilds it.
package sqliteviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hoso/projections"
)

// File is one generation of views. It implements projections.Store.
type File struct {
	path    string
	writer  *sql.DB
	writing chan struct{} // holds something while somebody writes: writes run one after the other
	session *session      // of who writes; nil before the first write, and after one that failed
	reader  *sql.DB
	damage  error // of the file that was here before; nil: none
}

var _ projections.Store = (*File)(nil)

// Open opens the file of a generation in a directory, and makes it where it is not there or SQLite finds it damaged
// (quick_check): then it is empty, and the runner fills it.
func Open(ctx context.Context, dir, generation string) (*File, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f := &File{path: filepath.Join(dir, prefix+generation+suffix), writing: make(chan struct{}, 1)}
	err := f.open(ctx)
	if damaged(err) {
		f.damage = err
		if err := remove(f.path); err != nil {
			return nil, err
		}
		err = f.open(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("views %s: %w", f.path, err)
	}
	return f, nil
}

const prefix, suffix = "views-", ".db"

// NORMAL loses the last transactions when the power fails, and never a part of one. That costs nothing here: the
// checkpoint goes with them. A mark of 4,000 pages lets a checkpoint of the file write each hot page once for
// several batches.
var (
	writing = []string{"journal_mode(wal)", "synchronous(normal)", "cache_size(-65536)", "wal_autocheckpoint(4000)"}
	reading = []string{"query_only(1)", "cache_size(-16384)", "temp_store(memory)"}
)

func (f *File) open(ctx context.Context) (err error) {
	if f.writer, err = connect(f.path, 1, writing); err != nil {
		return err
	}
	if f.reader, err = connect(f.path, max(4, runtime.NumCPU()), reading); err != nil {
		return errors.Join(err, f.writer.Close())
	}
	if err := f.check(ctx); err != nil {
		_ = f.Close()
		return err
	}
	return nil
}

// connect sets the pragmas on every connection of the pool. Connections are kept: opening one costs more than a query.
func connect(path string, connections int, pragmas []string) (*sql.DB, error) {
	q := url.Values{"_pragma": append([]string{"busy_timeout(10000)"}, pragmas...)}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// Damage tells what was wrong with the file that lay here and was thrown away when this one was opened; nil: nothing.
func (f *File) Damage() error { return f.damage }

var errDamaged = errors.New("quick_check")

// check reads the header and the list of tables, the first through the writer, which makes a new file and takes in
// what a killed process left. Then it lets SQLite look at every page.
func (f *File) check(ctx context.Context) error {
	var n int
	for _, db := range []*sql.DB{f.writer, f.reader} {
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&n); err != nil {
			return err
		}
	}
	var found string
	if err := f.reader.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, found)
	}
	return nil
}

// DB implements projections.Store.
func (f *File) DB() *sql.DB { return f.reader }

// Retire implements projections.Store.
func (f *File) Retire() error {
	others, err := f.others()
	for _, path := range others {
		err = errors.Join(err, remove(path))
	}
	return err
}

// Close closes all connections, once the write under way has ended.
func (f *File) Close() error {
	f.writing <- struct{}{}
	defer func() { <-f.writing }()
	return errors.Join(f.end(), f.reader.Close(), f.writer.Close())
}

// remove deletes a file and what SQLite keeps beside it.
func remove(path string) error {
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

// damaged tells whether SQLite says that the file is none, or not a whole one.
func damaged(err error) bool {
	if errors.Is(err, errDamaged) {
		return true
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff { // without the extension
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return true
	}
	return e.Code() == sqlite3.SQLITE_IOERR_SHORT_READ
}
