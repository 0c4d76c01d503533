package projections

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
)

// rowsAtOnce is how many rows go into one INSERT. More are hardly faster: binding the values is what costs.
const rowsAtOnce = 50

// Tx is the transaction of a batch, as views write through it. Its methods may be called at once from many goroutines.
//
// A statement is short, and no end of the context breaks it off: watching for that costs a goroutine each time. After one that
// failed none is run any more, whoever asks: SQLite may have rolled the transaction back, and what came then would stay.
type Tx struct {
	tx      *sql.Tx
	store   Store
	names   *names
	filling bool

	mu     sync.Mutex // held while a statement runs
	failed error
	kept   map[string]any
}

// Filling tells whether the file is filled for the first time: what [Filled] makes at the end may be left out.
func (t *Tx) Filling() bool { return t.filling }

// Kept returns what a view remembers of its rows from one batch to the next, made where there is nothing: it is forgotten
// whenever a transaction was rolled back, so that it never says what the file does not.
func Kept[T any](t *Tx, view View, begin func() T) T {
	t.mu.Lock()
	defer t.mu.Unlock()
	kept, ok := t.kept[view.Name()].(T)
	if !ok {
		kept = begin()
		t.kept[view.Name()] = kept
	}
	return kept
}

// Exec runs a statement, prepared once.
func (t *Tx) Exec(ctx context.Context, query string, args ...any) error {
	return t.statement(ctx, query, func(ctx context.Context, s *sql.Stmt) error {
		_, err := s.ExecContext(ctx, args...)
		return err
	})
}

// First reads the first row, prepared like Exec; false where there is none.
func (t *Tx) First(ctx context.Context, query string, args []any, into ...any) (found bool, err error) {
	err = t.statement(ctx, query, func(ctx context.Context, s *sql.Stmt) error {
		err := s.QueryRowContext(ctx, args...).Scan(into...)
		if found = err == nil; errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return found, err
}

// Read reads rows, prepared like Exec. The function must not use the transaction.
func (t *Tx) Read(ctx context.Context, query string, args []any, read func(*sql.Rows) error) error {
	return t.statement(ctx, query, func(ctx context.Context, s *sql.Stmt) error {
		rows, err := s.QueryContext(ctx, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		return errors.Join(read(rows), rows.Err())
	})
}

// Run runs statements, each once and as long as it takes; the end of the context breaks them off.
func (t *Tx) Run(ctx context.Context, statements ...string) error {
	for _, query := range statements {
		err := t.locked(func() error {
			_, err := t.tx.ExecContext(ctx, query)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) statement(ctx context.Context, query string, run func(context.Context, *sql.Stmt) error) error {
	return t.locked(func() error {
		ctx := context.WithoutCancel(ctx)
		s, err := t.store.Prepare(ctx, query) //nolint:sqlclosecheck // the store's
		if err != nil {
			return err
		}
		return run(ctx, s)
	})
}

func (t *Tx) locked(run func() error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failed == nil {
		t.failed = run()
	}
	return t.failed
}

// Insert runs "into VALUES rows then" for all the values, which stand row after row, columns to a row.
func (t *Tx) Insert(ctx context.Context, into string, columns int, values []any, then string) error {
	for len(values) > 0 {
		rows := min(len(values)/columns, rowsAtOnce)
		if rows < rowsAtOnce {
			rows = 1 // so that two statements are prepared and not fifty
		}
		n := rows * columns
		if err := t.Exec(ctx, insertion(into, columns, rows, then), values[:n]...); err != nil {
			return err
		}
		values = values[n:]
	}
	return nil
}

func insertion(into string, columns, rows int, then string) string {
	row := "(?" + strings.Repeat(",?", columns-1) + ")"
	return into + " VALUES " + row + strings.Repeat(","+row, rows-1) + " " + then
}

// Name returns the small number that stands for a name in this file. It never changes.
func (t *Tx) Name(ctx context.Context, name string) (int64, error) {
	t.names.mu.RLock()
	id, ok := t.names.ids[name]
	t.names.mu.RUnlock()
	if ok {
		return id, nil
	}
	t.names.mu.Lock()
	defer t.names.mu.Unlock()
	if id, ok := t.names.ids[name]; ok {
		return id, nil
	}
	id = int64(len(t.names.ids) + 1)
	if err := t.Exec(ctx, "INSERT INTO names VALUES (?,?)", id, name); err != nil {
		return 0, err
	}
	t.names.ids[name] = id
	return id, nil
}

// names is the writer's copy of the table of names. It is read again after a transaction that was rolled back.
type names struct {
	mu  sync.RWMutex
	ids map[string]int64
}

func (n *names) load(ctx context.Context, db *sql.DB) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ids = map[string]int64{}
	rows, err := db.QueryContext(ctx, "SELECT id, name FROM names")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		n.ids[name] = id
	}
	return rows.Err()
}
