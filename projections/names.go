package projections

import (
	"context"
	"database/sql"
	"strings"
	"sync"
)

// NumbersOf writes the numbers of names as what stands behind IN in SQL, with its values; no number where there is no name.
func NumbersOf[N ~string](names ...N) (query string, args []any) {
	for _, n := range names {
		args = append(args, string(n))
	}
	return "(SELECT id FROM names WHERE name IN (" + strings.TrimSuffix(strings.Repeat("?,", len(names)), ",") + "))", args
}

// Names is a reader's copy of the table of names. A number never changes its name, so it only ever grows. Its
// methods may be called at once from many goroutines.
type Names struct {
	mu    sync.RWMutex
	names []string // by number, from 1
	ids   map[string]int64
}

// Refresh reads the names that the transaction sees and the copy has not yet.
func (n *Names) Refresh(ctx context.Context, tx *sql.Tx) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.ids == nil {
		n.ids = map[string]int64{}
	}
	rows, err := tx.QueryContext(ctx, "SELECT id, name FROM names WHERE id > ? ORDER BY id", len(n.names))
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
		n.names = append(n.names, name)
		n.ids[name] = id
	}
	return rows.Err()
}

// ID returns the number of a name; 0, which no row has, where no event ever used it.
func (n *Names) ID(name string) int64 {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.ids[name]
}

// Name returns the name of a number.
func (n *Names) Name(id int64) string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	if id < 1 || id > int64(len(n.names)) {
		return ""
	}
	return n.names[id-1]
}

// Containing returns the names that contain something, by number.
func (n *Names) Containing(s string) map[int64]string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	found := map[int64]string{}
	for i, name := range n.names {
		if strings.Contains(name, s) {
			found[int64(i)+1] = name
		}
	}
	return found
}

// Prefixed returns the names that begin with a prefix.
func (n *Names) Prefixed(prefix string) []string {
	n.mu.RLock()
	defer n.mu.RUnlock()
	var found []string
	for _, name := range n.names {
		if strings.HasPrefix(name, prefix) {
			found = append(found, name)
		}
	}
	return found
}
