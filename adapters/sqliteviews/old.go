package sqliteviews

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Old is the file of another generation, for reading alone.
type Old struct{ db *sql.DB }

// Before opens the files of other generations that lie beside this one, the latest first, until the function takes one;
// nil where it takes none, or there is none. What cannot be opened is left where it lies.
func (f *File) Before(ctx context.Context, takes func(*sql.DB) bool) (*Old, error) {
	paths, err := f.others()
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		q := url.Values{"mode": {"ro"}, "_pragma": append([]string{"busy_timeout(10000)"}, reading...)}
		db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
		if err != nil {
			return nil, err
		}
		db.SetMaxOpenConns(max(4, runtime.NumCPU()))
		db.SetMaxIdleConns(max(4, runtime.NumCPU()))
		var found string
		if err := db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err == nil && found == "ok" && takes(db) {
			return &Old{db}, nil
		}
		_ = db.Close()
	}
	return nil, ctx.Err()
}

// DB returns a pool of readers.
func (o *Old) DB() *sql.DB { return o.db }

// Leave closes what nobody reads any more. Reads under way come to their end.
func (o *Old) Leave() { o.db.SetMaxIdleConns(-1) }

// Close closes all connections.
func (o *Old) Close() error { return o.db.Close() }

// others lists the files of other generations, the latest first.
func (f *File) others() ([]string, error) {
	dir := filepath.Dir(f.path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	type file struct {
		path string
		at   int64
	}
	var files []file
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), prefix) || !strings.HasSuffix(e.Name(), suffix) || e.Name() == filepath.Base(f.path) {
			continue
		}
		info, err := e.Info()
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		files = append(files, file{filepath.Join(dir, e.Name()), info.ModTime().UnixNano()})
	}
	slices.SortFunc(files, func(a, b file) int { return -cmp.Compare(a.at, b.at) })
	paths := make([]string, len(files))
	for n, o := range files {
		paths[n] = o.path
	}
	return paths, nil
}
