// Package sqliteaccess keeps the access log in one SQLite file: who saw whose personal data. Unlike the views it is
// made from nothing else. It is never removed or begun anew by the program, and belongs into every backup.
package sqliteaccess

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	_ "modernc.org/sqlite" // the driver

	"hoso/domain"
	"hoso/projections/desk"
)

// Log is an access log. It implements desk.AccessLog.
type Log struct {
	writer *sql.DB // one connection, so that readings are chained one after the other
	reader *sql.DB
	key    domain.Key
	clock  domain.Clock
}

var _ desk.AccessLog = (*Log)(nil)

// name is that of the file in its directory.
const name = "readings.db"

// schema is the form of the file that this program writes.
const schema = 1

// The triggers keep the program itself from a mistake. Against whoever opens the file with another one there is the chain.
var statements = []string{
	`CREATE TABLE IF NOT EXISTS readings (number INTEGER PRIMARY KEY, at INTEGER NOT NULL,
		account TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL, via TEXT NOT NULL, origin TEXT NOT NULL,
		person BLOB NOT NULL, case_type TEXT NOT NULL, case_id BLOB NOT NULL, purpose TEXT NOT NULL, chain BLOB NOT NULL)`,
	`CREATE INDEX IF NOT EXISTS readings_person ON readings (person)`,
	`CREATE INDEX IF NOT EXISTS readings_case ON readings (case_id) WHERE case_type <> ''`,
	`CREATE INDEX IF NOT EXISTS readings_account ON readings (account)`,
	`CREATE INDEX IF NOT EXISTS readings_origin ON readings (origin)`,
	`CREATE TRIGGER IF NOT EXISTS readings_unchanged BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'readings are never changed'); END`,
	`CREATE TRIGGER IF NOT EXISTS readings_kept BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'readings are never removed'); END`,
	fmt.Sprintf(`PRAGMA user_version = %d`, schema),
}

// Open opens the log in a directory, and makes it where it is not there. The key chains the readings; it has to be the
// same each time, so it is made from the office's own. Its errors: access.damaged, access.newer and what the disk says.
func Open(ctx context.Context, dir string, key domain.Key, clock domain.Clock) (*Log, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	l := &Log{key: chainKey(key), clock: clock}
	path := filepath.Join(dir, name)
	var err error
	// FULL: the file is on disk when a transaction has ended.
	if l.writer, err = connect(path, 1, url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(wal)", "synchronous(full)"}}); err != nil {
		return nil, err
	}
	if l.reader, err = connect(path, max(2, runtime.NumCPU()), url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)"}}); err != nil {
		return nil, errors.Join(err, l.writer.Close())
	}
	if err := l.prepare(ctx); err != nil {
		_ = l.Close()
		return nil, err
	}
	return l, nil
}

func connect(path string, connections int, options url.Values) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+options.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func (l *Log) prepare(ctx context.Context) error {
	var found string
	if err := l.writer.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&found); err != nil {
		return damaged(err)
	}
	if found != "ok" {
		return damaged(errors.New(found))
	}
	var version int
	if err := l.writer.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return damaged(err)
	}
	if version > schema {
		return &domain.Error{Kind: domain.Internal, Code: "access.newer",
			Msg: fmt.Sprintf("nhật ký xem dữ liệu cá nhân có dạng %d, chương trình này chỉ biết đến dạng %d; hãy dùng bản mới hơn", version, schema),
			En:  fmt.Sprintf("the access log has form %d, this program knows up to %d: use a newer one", version, schema)}
	}
	for _, s := range statements {
		if _, err := l.writer.ExecContext(ctx, s); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

func damaged(err error) error {
	return &domain.Error{Kind: domain.Internal, Code: "access.damaged", Err: err,
		Msg: "tệp nhật ký xem dữ liệu cá nhân (" + name + ") bị hỏng; hãy khôi phục tệp từ bản sao lưu, chương trình không tự tạo lại tệp này",
		En:  "the access log is damaged: restore it from a backup; it is never begun anew"}
}

func unavailable(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "access.unavailable", Err: err,
		Msg: "không dùng được nhật ký xem dữ liệu cá nhân nên chưa thể hiện dữ liệu đầy đủ; hãy kiểm tra ổ đĩa rồi thử lại",
		En:  "the access log cannot be used, so personal data is not shown; look after the disk and try again"}
}

// Close closes the file.
func (l *Log) Close() error { return errors.Join(l.reader.Close(), l.writer.Close()) }
