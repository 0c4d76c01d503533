// Package sqlitefile takes a copy of a SQLite file that may be in use: for backups of what is made from nothing else.
package sqlitefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver
)

// Copy writes a SQLite file as it is at one moment into a new file, also while this or another process writes to it:
// everything that was committed before the call is in the copy, of what is committed later all or nothing.
func Copy(ctx context.Context, from, to string) error {
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(from), RawQuery: "_pragma=busy_timeout(10000)&mode=rw"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", to)
	if err := errors.Join(err, db.Close()); err != nil {
		return fmt.Errorf("copy %s: %w", filepath.Base(from), err)
	}
	return nil
}
