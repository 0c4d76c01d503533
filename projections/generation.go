package projections

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"slices"
)

// fileVersion is the version of the tables that the runner itself keeps.
const fileVersion = "5"

// Generation names a set of views at their versions: views of one generation live in one file.
func Generation(views ...View) string {
	lines := make([]string, len(views))
	for i, v := range views {
		lines[i] = fmt.Sprintf("%s %s\n", v.Name(), v.Version())
	}
	slices.Sort(lines)
	h := sha256.New()
	fmt.Fprintln(h, fileVersion)
	for _, l := range lines {
		_, _ = h.Write([]byte(l))
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// Older is what a view adds whose readers can read the rows of some other version, too, and know what they do not say.
// The readers of the others read the rows of their own version only.
type Older interface{ Reads(version string) bool }

// generationSchema says which views a file holds, since when it is filled, and since when its views were taken: a generation
// that was not is being built, or contradicts what was published.
var generationSchema = []string{
	`CREATE TABLE IF NOT EXISTS generation (view TEXT PRIMARY KEY, version TEXT NOT NULL) WITHOUT ROWID`,
	`CREATE TABLE IF NOT EXISTS filled (ordinal INTEGER PRIMARY KEY)`,
	`CREATE TABLE IF NOT EXISTS taken (ordinal INTEGER PRIMARY KEY)`,
}

// itself is the name under which the runner's own tables stand among the views.
const itself = ""

func (r *Runner) sign(ctx context.Context, tx *sql.Tx) error {
	const sign = "INSERT INTO generation VALUES (?,?) ON CONFLICT DO NOTHING"
	if _, err := tx.ExecContext(ctx, sign, itself, fileVersion); err != nil {
		return err
	}
	for _, v := range r.views {
		if _, err := tx.ExecContext(ctx, sign, v.Name(), v.Version()); err != nil {
			return err
		}
	}
	return nil
}

// Readable tells whether the readers of these views can read the file of another generation, and whether that one was
// ever taken: half a generation is none. A file that does not say what it is cannot be read.
func Readable(ctx context.Context, db *sql.DB, views ...View) bool {
	var taken bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM taken)").Scan(&taken); err != nil || !taken {
		return false
	}
	version := func(view string) (v string) {
		_ = db.QueryRowContext(ctx, "SELECT version FROM generation WHERE view = ?", view).Scan(&v)
		return v
	}
	if version(itself) != fileVersion {
		return false
	}
	for _, v := range views {
		found := version(v.Name())
		older, ok := v.(Older)
		if found == "" || found != v.Version() && (!ok || !older.Reads(found)) {
			return false
		}
	}
	return true
}

// VersionOf returns the version at which a view stands in a file.
func VersionOf(ctx context.Context, tx *sql.Tx, view string) (v string, err error) {
	err = tx.QueryRowContext(ctx, "SELECT version FROM generation WHERE view = ?", view).Scan(&v)
	return v, err
}

// settle is called when the views have caught up for the first time. They make what they left out. A generation that was not
// taken yet is compared; where nothing speaks against it, it is taken and the files of the others go.
func (r *Runner) settle(ctx context.Context, at checkpoint) error {
	if err := r.fill(ctx, at); err != nil {
		return err
	}
	var taken bool
	if err := r.store.DB().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM taken)").Scan(&taken); err != nil {
		return err
	}
	if !taken && r.Compare != nil {
		if err := r.Compare(ctx); err != nil {
			r.state.settle(err)
			return ctx.Err()
		}
	}
	if !taken {
		err := r.store.Write(ctx, func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "INSERT INTO taken VALUES (?)", int64(at.ordinal))
			return err
		})
		if err != nil {
			return err
		}
	}
	r.state.settle(nil)
	return r.store.Retire()
}

// fill lets the views make what they left out while the file was filled, once in its life.
func (r *Runner) fill(ctx context.Context, at checkpoint) error {
	if !r.filling {
		return nil
	}
	err := r.store.Write(ctx, func(tx *sql.Tx) error {
		t := r.tx(tx)
		for _, v := range r.views {
			f, ok := v.(Filled)
			if !ok {
				continue
			}
			if err := f.Fill(ctx, t); err != nil {
				return fmt.Errorf("view %s: %w", v.Name(), err)
			}
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO filled VALUES (?)", int64(at.ordinal))
		return err
	})
	if err != nil {
		return err
	}
	r.filling = false
	return nil
}
