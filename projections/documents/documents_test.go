package documents_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/adapters/sqliteviews"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/person"
	"hoso/projections"
	"hoso/projections/documents"
	"hoso/projections/documents/documentstest"
)

// office is a log with the view over it, and a store beside it.
type office struct {
	*testing.T
	*documents.Reader
	store   *documentstest.Memory
	codec   *domain.Codec
	keys    domain.Keys
	log     domain.EventLog
	handler *domain.Handler
	runner  *projections.Runner
	now     time.Time
	sweeper *documents.Sweeper
}

func newOffice(t *testing.T) *office {
	t.Helper()
	c, keys, log := catalog.All(), domaintest.Keys(), memlog.New()
	f, err := sqliteviews.Open(t.Context(), t.TempDir(), projections.Generation(documents.View{}))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	runner, err := projections.New(t.Context(), log, c.Codec(keys), f, documents.View{})
	if err != nil {
		t.Fatal(err)
	}
	o := &office{T: t, Reader: documents.NewReader(f.DB()), store: &documentstest.Memory{}, codec: c.Codec(keys), keys: keys, log: log, runner: runner, now: time.Now()}
	o.handler = domain.NewHandler(c, log, keys, func() time.Time { return o.now })
	o.sweeper = o.newSweeper()
	return o
}

func (o *office) newSweeper() *documents.Sweeper {
	return &documents.Sweeper{Store: o.store, Log: o.log, Known: o.Reader, WaitFor: o.runner.CatchUp, Clock: func() time.Time { return o.now }}
}

func (o *office) do(id domain.StreamID, c domain.Command) domain.Outcome {
	o.Helper()
	out, err := o.handler.Handle(o.Context(), domain.Request{ID: uuid.New(), Case: id, Command: c, Occurred: 20240410, Actor: domain.Actor{ID: "lan"}})
	if err != nil {
		o.Fatal(err)
	}
	return out
}

func (o *office) register() domain.StreamID {
	o.Helper()
	id := domain.StreamID{Type: "person", ID: uuid.New()}
	o.do(id, person.Register{Name: domain.Hide("Lương Thị Sao")})
	return id
}

// put seals and stores a document of a person; nothing names it yet.
func (o *office) put(id domain.StreamID, text string) domain.Document {
	o.Helper()
	d := domain.Document{Kind: "photo", Person: domain.PersonID{UUID: id.ID}, Media: "image/png", Size: int64(len(text)), Digest: domain.Hide(documents.DigestOf([]byte(text)))}
	sealed, err := o.codec.SealDocument(o.Context(), id, d, []byte(text))
	if err == nil {
		d.Stored, err = o.store.Put(o.Context(), sealed)
	}
	if err != nil {
		o.Fatal(err)
	}
	return d
}

func (o *office) attach(id domain.StreamID, text string) domain.Document {
	o.Helper()
	d := o.put(id, text)
	o.do(id, domain.Attach{Type: id.Type, Document: d})
	return d
}

func (o *office) caughtUp() {
	o.Helper()
	head, err := o.log.Head(o.Context())
	if err == nil {
		err = o.runner.CatchUp(o.Context(), head)
	}
	if err != nil {
		o.Fatal(err)
	}
}

func (o *office) verify() *documents.Verifier {
	o.Helper()
	v := &documents.Verifier{Store: o.store, Codec: o.codec}
	head, _ := o.log.Head(o.Context())
	at := domain.Ordinal(0)
	for e, err := range o.log.Follow(o.Context(), 0) {
		at++
		if err == nil {
			err = v.Look(o.Context(), at, e)
		}
		if err != nil {
			o.Fatal(err)
		}
		if e.Position >= head {
			break
		}
	}
	return v
}

func TestMemory(t *testing.T) { documentstest.Run(t, &documentstest.Memory{}) }

func TestWhatNobodyCanReadIsDropped(t *testing.T) {
	o := newOffice(t)
	sao, dao := o.register(), o.register()
	first, second, other := o.attach(sao, "one"), o.attach(sao, "two"), o.attach(dao, "three")
	late := o.put(sao, "late")
	o.do(sao, domain.Void{Type: "person", Version: 2, Reason: domain.Hide("nhầm"), Requester: "lan", Approver: "minh"})
	o.caughtUp()
	if n, err := o.sweeper.Erased(t.Context()); n != 0 || err != nil {
		t.Fatalf("before anybody was erased: %d, %v", n, err)
	}
	o.do(sao, person.Erase{Ground: "request"})
	o.caughtUp()
	if n, err := o.sweeper.Erased(t.Context()); n != 2 || err != nil {
		t.Errorf("dropped %d, %v", n, err)
	}
	for name, want := range map[string]error{first.Stored: documents.ErrMissing, second.Stored: documents.ErrMissing, other.Stored: nil, late.Stored: nil} {
		if _, err := o.store.Get(t.Context(), name); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
	if n, err := o.sweeper.Erased(t.Context()); n != 0 || err != nil {
		t.Errorf("dropped again: %d, %v", n, err)
	}
	if n, err := o.newSweeper().Erased(t.Context()); n != 2 || err != nil { // after a restart: it does no harm
		t.Errorf("a new sweeper: %d, %v", n, err)
	}
	// An attachment that was under way when the person was erased comes behind the erasure in the log.
	stored, _ := o.codec.Decode("person.attached", 1, []byte(`{"kind":"photo","person":"`+sao.ID.String()+`","media":"image/png","size":4,"digest":{"sealed":"AAAA"},"stored":"`+late.Stored+`"}`))
	name, schema, data, err := o.codec.Encode(t.Context(), stored)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.log.Append(t.Context(), sao, tailOf(t, o.log, sao), domain.Draft{ID: uuid.New(), Type: name, Schema: schema, Data: data, Meta: domain.Meta{Occurred: 20240410, Recorded: o.now}}); err != nil {
		t.Fatal(err)
	}
	o.caughtUp()
	if n, err := o.sweeper.Erased(t.Context()); n != 1 || err != nil {
		t.Errorf("what came late: %d, %v", n, err)
	}
}

func tailOf(t *testing.T, log domain.EventLog, id domain.StreamID) (tail domain.Tail) {
	t.Helper()
	for e, err := range log.Read(t.Context(), id, 0) {
		if err != nil {
			t.Fatal(err)
		}
		tail = domain.Tail{Version: e.Version, Position: e.Position}
	}
	return tail
}

func TestOrphansAreSweptAndNothingElse(t *testing.T) {
	o := newOffice(t)
	sao := o.register()
	o.attach(sao, "attached")
	orphan := o.put(sao, "orphan")
	if n, err := o.sweeper.Orphans(t.Context()); n != 0 || err != nil {
		t.Fatalf("young orphans: %d, %v", n, err)
	}
	o.store.Age(25 * time.Hour)
	young := o.put(sao, "young")
	// The views have seen nothing yet: the sweeper waits for them before it calls anything an orphan.
	if n, err := o.sweeper.Orphans(t.Context()); n != 1 || err != nil {
		t.Errorf("dropped %d, %v", n, err)
	}
	for name, want := range map[string]error{orphan.Stored: documents.ErrMissing, young.Stored: nil} {
		if _, err := o.store.Get(t.Context(), name); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if v := o.verify(); v.Seen != 1 || len(v.Found) != 0 {
		t.Errorf("%+v", v)
	}
	// Where the views do not come so far, nothing is called an orphan.
	o.store.Age(25 * time.Hour)
	stuck := errors.New("the views stand still")
	o.sweeper.WaitFor = func(context.Context, domain.Cursor) error { return stuck }
	if n, err := o.sweeper.Orphans(t.Context()); n != 0 || !errors.Is(err, stuck) {
		t.Errorf("%d, %v", n, err)
	}
}

func TestVerifyNamesWhatItFinds(t *testing.T) {
	o := newOffice(t)
	sao, dao, gone := o.register(), o.register(), o.register()
	o.attach(sao, "good")
	missing, spoiled := o.attach(sao, "missing"), o.attach(dao, "spoiled")
	o.attach(gone, "erased")
	if v := o.verify(); v.Seen != 4 || v.Erased != 0 || len(v.Found) != 0 {
		t.Fatalf("%+v", v)
	}
	_ = o.store.Drop(t.Context(), missing.Stored)
	o.store.Spoil(spoiled.Stored)
	o.do(gone, person.Erase{Ground: "request"})
	v := o.verify()
	if v.Seen != 4 || v.Erased != 1 || len(v.Found) != 2 ||
		v.Found[0] != (documents.Found{Code: "document.missing", Position: 5, Case: sao, Version: 3}) ||
		v.Found[1] != (documents.Found{Code: "document.differs", Position: 6, Case: dao, Version: 2}) {
		t.Errorf("%+v", v)
	}
	// The bytes are those of the name, and not those of the digest that the event holds sealed.
	d := o.put(dao, "real")
	d.Digest = domain.Hide(documents.DigestOf([]byte("said")))
	o.do(dao, domain.Attach{Type: "person", Document: d})
	other := o.put(sao, "of another case")
	other.Person = domain.PersonID{UUID: dao.ID}
	o.do(dao, domain.Attach{Type: "person", Document: other})
	if v := o.verify(); len(v.Found) != 4 || v.Found[2].Code != "document.differs" || v.Found[3].Code != "document.unsealed" {
		t.Errorf("%+v", v.Found)
	}
}
