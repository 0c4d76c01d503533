package sqliteviews_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"hoso/adapters/sqliteviews"
)

func open(t *testing.T, dir, generation string) *sqliteviews.File {
	t.Helper()
	f, err := sqliteviews.Open(t.Context(), dir, generation)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func exec(statements ...string) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	}
}

func count(t *testing.T, f *sqliteviews.File) (n int) {
	t.Helper()
	if err := f.DB().QueryRow("SELECT count(*) FROM t").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

const table = "CREATE TABLE IF NOT EXISTS t (x INTEGER PRIMARY KEY)"

func TestAWriteIsWholeOrNot(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir(), "a")
	if err := f.Write(t.Context(), exec(table, "INSERT INTO t VALUES (1)")); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("wrong")
	err := f.Write(t.Context(), func(tx *sql.Tx) error {
		if err := exec("INSERT INTO t VALUES (2)")(tx); err != nil {
			return err
		}
		return wrong
	})
	if !errors.Is(err, wrong) || count(t, f) != 1 {
		t.Errorf("%v, %d rows", err, count(t, f))
	}
	if err := f.Write(t.Context(), exec("INSERT INTO t VALUES (2)")); err != nil || count(t, f) != 2 {
		t.Errorf("%v, %d rows", err, count(t, f))
	}
}

func TestAReaderSeesOneStateAndCannotWrite(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir(), "a")
	if err := f.Write(t.Context(), exec(table)); err != nil {
		t.Fatal(err)
	}
	tx, err := f.DB().BeginTx(t.Context(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	seen := func() (n int) {
		if err := tx.QueryRow("SELECT count(*) FROM t").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if seen() != 0 {
		t.Fatal("rows from nowhere")
	}
	if err := f.Write(t.Context(), exec("INSERT INTO t VALUES (1)")); err != nil {
		t.Fatal(err)
	}
	if seen() != 0 || count(t, f) != 1 {
		t.Errorf("the old transaction sees %d rows, a new one %d", seen(), count(t, f))
	}
	if _, err := f.DB().Exec("INSERT INTO t VALUES (2)"); err == nil {
		t.Error("a reader wrote")
	}
}

func TestWhatCannotBeReadIsMadeAnew(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]func(string) error{
		"not a database": func(p string) error {
			return os.WriteFile(p, []byte("something else altogether, of some length"), 0o600)
		},
		"cut off": func(p string) error { return os.Truncate(p, 1000) },
		"empty":   func(p string) error { return os.Truncate(p, 0) },
		"zeros": func(p string) error {
			return os.WriteFile(p, make([]byte, 8192), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			f := open(t, dir, "a")
			if err := f.Write(t.Context(), exec(table, "INSERT INTO t VALUES (1)")); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			if err := damage(filepath.Join(dir, "views-a.db")); err != nil {
				t.Fatal(err)
			}
			f = open(t, dir, "a")
			if err := f.Write(t.Context(), exec(table)); err != nil || count(t, f) != 0 {
				t.Errorf("%v, %d rows", err, count(t, f))
			}
		})
	}
}

// A page in the middle is only read when something needs it. The write that finds it fails, and the next start begins
// with an empty file.
func TestDamageThatAWriteFindsIsGoneAtTheNextStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	f := open(t, dir, "a")
	fill := "INSERT INTO t SELECT value FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 20000) SELECT value FROM n)"
	if err := f.Write(t.Context(), exec(table, fill)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "views-a.db")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(b); i++ {
		b[i] = 0xff
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	f = open(t, dir, "a")
	if err := f.Write(context.Background(), exec("INSERT INTO t VALUES (30000)")); err == nil {
		t.Fatal("wrote into a damaged table")
	}
	_ = f.Close()
	f = open(t, dir, "a")
	if err := f.Write(t.Context(), exec(table)); err != nil || count(t, f) != 0 {
		t.Errorf("%v, %d rows", err, count(t, f))
	}
}

func TestRetireLeavesOtherFilesAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	other := filepath.Join(dir, "access.db")
	if err := os.WriteFile(other, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	old := open(t, dir, "old")
	_ = old.Close()
	f := open(t, dir, "new")
	if err := f.Retire(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "views-old.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old generation: %v", err)
	}
	if _, err := os.Stat(other); err != nil {
		t.Error(err)
	}
}

// A statement is prepared once and runs in every write that follows, also in the one after a write that failed.
func TestAPreparedStatementOutlivesItsWrite(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir(), "a")
	if err := f.Write(t.Context(), exec(table)); err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("wrong")
	insert := func(x int, outcome error) (used *sql.Stmt) {
		t.Helper()
		err := f.Write(t.Context(), func(*sql.Tx) (err error) {
			if used, err = f.Prepare(t.Context(), "INSERT INTO t VALUES (?)"); err == nil { //nolint:sqlclosecheck // the file's
				_, err = used.ExecContext(t.Context(), x)
			}
			return errors.Join(err, outcome)
		})
		if !errors.Is(err, outcome) {
			t.Fatalf("%v", err)
		}
		return used
	}
	if insert(1, nil) != insert(2, nil) {
		t.Error("prepared twice")
	}
	insert(3, wrong)
	insert(4, nil)
	if count(t, f) != 3 {
		t.Errorf("%d rows", count(t, f))
	}
}

// A write that was begun is not taken back behind its back: what came then would be no part of it.
func TestTheEndOfAContextDoesNotEndAWrite(t *testing.T) {
	t.Parallel()
	f := open(t, t.TempDir(), "a")
	ctx, cancel := context.WithCancel(t.Context())
	wrong := errors.New("wrong")
	err := f.Write(ctx, func(tx *sql.Tx) error {
		cancel()
		return errors.Join(exec(table, "INSERT INTO t VALUES (1)")(tx), wrong)
	})
	if !errors.Is(err, wrong) {
		t.Fatal(err)
	}
	if err := f.Write(ctx, exec(table)); !errors.Is(err, context.Canceled) {
		t.Errorf("begun all the same: %v", err)
	}
	if err := f.Write(t.Context(), exec(table)); err != nil || count(t, f) != 0 {
		t.Errorf("%v, %d rows", err, count(t, f))
	}
}
