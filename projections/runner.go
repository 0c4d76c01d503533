package projections

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"hoso/domain"
)

// Runner keeps the views of one file up to date. Its methods may be called at once from many goroutines.
type Runner struct {
	// Progress is told after every batch, in the goroutine of Run or CatchUp. It may be nil; set it before those.
	Progress func(Progress)
	// Patience is how long WaitFor waits.
	Patience time.Duration
	// Compare is asked once before a generation is taken, when its views have caught up. Where it returns an error, the
	// views go on and are not taken: Ready says so, the files of other generations stay, and the next start asks again. It
	// may be nil; set it before Run or CatchUp.
	Compare func(context.Context) error

	log   domain.EventLog
	codec *domain.Codec
	store Store
	views []View

	running sync.Mutex // held by Run and CatchUp
	names   names      // and everything below is theirs until state
	kept    map[string]any
	filling bool // the file has not been filled yet
	state   state
	places  places
	wanted  atomic.Int32 // how many wait for the views
	box     atomic.Pointer[inbox]
}

// Progress says how far the views are.
type Progress struct {
	Position domain.Ordinal // events applied
	// From, At and To are cursors: where this run began, where it is, and the log's end when it began. They serve a
	// progress bar, and nothing else, because a cursor is no count of events.
	From, At, To domain.Cursor
}

// New returns a runner over a file, and makes the views' tables where they are not there yet.
func New(ctx context.Context, log domain.EventLog, codec *domain.Codec, store Store, views ...View) (*Runner, error) {
	r := &Runner{Patience: 5 * time.Second, log: log, codec: codec, store: store, views: views}
	r.state.changed = make(chan struct{})
	if err := r.create(ctx); err != nil {
		return nil, err
	}
	at, err := readCheckpoint(ctx, store.DB())
	r.state.at = at
	r.places.begin(at)
	return r, err
}

// create makes all tables in one transaction.
func (r *Runner) create(ctx context.Context) error {
	return r.store.Write(ctx, func(tx *sql.Tx) error {
		for _, ddl := range r.schema() {
			if _, err := tx.ExecContext(ctx, ddl); err != nil {
				return err
			}
		}
		return r.sign(ctx, tx)
	})
}

func (r *Runner) schema() []string {
	all := append(slices.Clone(schema), generationSchema...)
	for _, v := range r.views {
		all = append(all, v.Schema()...)
	}
	return all
}

// Run follows the log until the context ends or an event cannot be applied, and returns why. It may be called again:
// it goes on from the checkpoint in the file.
func (r *Runner) Run(ctx context.Context) error {
	return r.follow(ctx, func(domain.Cursor) bool { return false })
}

// CatchUp follows the log until the views have passed a cursor, and the log's end as it was when it began where that is the
// first time; it returns nil then.
func (r *Runner) CatchUp(ctx context.Context, to domain.Cursor) error {
	return r.follow(ctx, func(at domain.Cursor) bool { return at >= to })
}

func (r *Runner) follow(ctx context.Context, enough func(domain.Cursor) bool) (err error) {
	r.running.Lock()
	defer r.running.Unlock()
	defer func() { r.state.stop(ctx, err); r.places.end() }()
	at, goal, err := r.start(ctx)
	if err != nil {
		return err
	}
	r.places.begin(at)
	r.state.advance(at, goal)
	from := at.cursor

	receiving, cancel := context.WithCancel(ctx)
	box := newInbox(&r.wanted)
	r.box.Store(box)
	var receiver sync.WaitGroup
	receiver.Go(func() { box.end(r.receive(receiving, box, at)) })
	defer receiver.Wait()
	defer box.close()
	defer cancel()

	settled := false
	for {
		if at.cursor >= goal && !settled {
			if err := r.settle(ctx, at); err != nil {
				return err
			}
			settled = true
		}
		if enough(at.cursor) && !r.filling {
			return nil
		}
		batch, err := box.take(settled)
		if err != nil {
			return err
		}
		if at, err = r.apply(ctx, at, goal, batch); err != nil {
			return err
		}
		if r.Progress != nil {
			r.Progress(Progress{at.ordinal, from, at.cursor, goal})
		}
	}
}

// start reads the checkpoint, and empties a file that was made from another log: a backup was restored, or the
// service was pointed elsewhere. It returns the log's end too.
func (r *Runner) start(ctx context.Context) (checkpoint, domain.Cursor, error) {
	goal, err := r.log.Head(ctx)
	if err != nil {
		return checkpoint{}, 0, err
	}
	at, err := readCheckpoint(ctx, r.store.DB())
	if err != nil {
		return checkpoint{}, 0, err
	}
	ours, err := at.belongs(ctx, r.log)
	if err != nil {
		return checkpoint{}, 0, err
	}
	if !ours {
		if err := r.empty(ctx); err != nil {
			return checkpoint{}, 0, err
		}
		at = checkpoint{}
	}
	return at, goal, r.remember(ctx)
}

// empty drops every table but the names, whose numbers readers may remember.
func (r *Runner) empty(ctx context.Context) error {
	err := r.store.Write(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'names'`)
		if err != nil {
			return err
		}
		defer rows.Close()
		var tables []string
		for rows.Next() {
			var t string
			if err := rows.Scan(&t); err != nil {
				return err
			}
			tables = append(tables, t)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for _, t := range tables {
			if _, err := tx.ExecContext(ctx, `DROP TABLE "`+t+`"`); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.create(ctx)
}

// receive numbers and decodes what the log sends, until it ends or nobody wants more.
func (r *Runner) receive(ctx context.Context, box *inbox, at checkpoint) error {
	n := at.ordinal
	for recorded, err := range r.log.Follow(ctx, at.cursor) {
		if err != nil {
			return err
		}
		n++
		e := Event{Ordinal: n, Recorded: recorded}
		if e.Event, err = r.codec.Decode(e.Type, e.Schema, e.Data); err != nil {
			return fault("", e, err)
		}
		r.places.add(place{e.Position, n})
		if !box.put(e) {
			return context.Canceled
		}
	}
	return &domain.Error{Kind: domain.Unavailable, Code: "views.log_ended", Msg: "nhật ký sự kiện ngừng mà không báo lỗi"}
}

// apply writes a batch. Where that fails, it writes the events one by one: those before the bad one are kept, and the
// error names the bad one.
func (r *Runner) apply(ctx context.Context, at checkpoint, goal domain.Cursor, batch []Event) (checkpoint, error) {
	next, err := r.write(ctx, at, batch)
	if err == nil {
		r.state.advance(next, goal)
		return next, nil
	}
	if ctx.Err() != nil || len(batch) == 1 {
		return at, err
	}
	for i := range batch {
		if at, err = r.write(ctx, at, batch[i:i+1]); err != nil {
			return at, err
		}
		r.state.advance(at, goal)
	}
	return at, nil
}

func (r *Runner) write(ctx context.Context, at checkpoint, batch []Event) (next checkpoint, err error) {
	err = r.store.Write(ctx, func(tx *sql.Tx) error {
		next, err = r.put(ctx, r.tx(tx), at, batch)
		return err
	})
	if err != nil {
		if ctx.Err() != nil {
			return at, ctx.Err()
		}
		if reload := r.remember(ctx); reload != nil {
			return at, reload
		}
		return at, err
	}
	return next, nil
}

// remember makes what is known of the file anew: a transaction was rolled back, or others may have written.
func (r *Runner) remember(ctx context.Context) error {
	r.kept = map[string]any{}
	if err := r.store.DB().QueryRowContext(ctx, "SELECT NOT EXISTS (SELECT 1 FROM filled)").Scan(&r.filling); err != nil {
		return err
	}
	return r.names.load(ctx, r.store.DB())
}

// tx is a transaction as views write through it.
func (r *Runner) tx(tx *sql.Tx) *Tx {
	return &Tx{tx: tx, store: r.store, names: &r.names, filling: r.filling, kept: r.kept}
}

// put writes a batch in a transaction.
func (r *Runner) put(ctx context.Context, t *Tx, at checkpoint, batch []Event) (checkpoint, error) {
	next, err := insertEvents(ctx, t, at, batch)
	if err != nil {
		return at, fault("events", batch[0], err)
	}
	return next, r.show(ctx, t, batch)
}

// abreast is the size from which on all views apply a batch at once: while one of them writes, the others reckon.
const abreast = 100

// show lets all views apply a batch.
func (r *Runner) show(ctx context.Context, t *Tx, batch []Event) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	faults := make([]error, len(r.views))
	var all sync.WaitGroup
	for i, v := range r.views {
		apply := func() {
			if err := v.Apply(ctx, t, batch); err != nil {
				faults[i] = fault(v.Name(), batch[0], err)
			}
		}
		if len(batch) < abreast {
			apply()
		} else {
			all.Go(apply)
		}
	}
	all.Wait()
	return cmp.Or(faults...)
}
