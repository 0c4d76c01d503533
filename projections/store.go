package projections

import (
	"context"
	"database/sql"
)

// Store is the file that holds the views of one generation. Its methods may be called at once from many goroutines.
type Store interface {
	// DB returns a pool of readers. A transaction begun on it sees one state of the file: some batches whole, the
	// others not at all.
	DB() *sql.DB
	// Write runs one transaction. All of it is in the file when Write returns nil, and none of it when the function
	// returned an error. A lost power supply may undo whole transactions, the last ones first, and never a part of
	// one. Writes run one after the other.
	Write(ctx context.Context, write func(*sql.Tx) error) error
	// Prepare returns a statement that runs in the transaction of the Write under way, within which alone it may be asked for
	// and used. It stays prepared for the writes that follow, and is not closed by who asked.
	Prepare(ctx context.Context, query string) (*sql.Stmt, error)
	// Retire removes the files of other generations. It is called when this one has caught up with the log and was taken.
	Retire() error
}
