package desk_test

import (
	"context"
	"iter"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/memlog"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/catalog"
	"hoso/domain/domaintest"
	"hoso/domain/merit"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// read counts how often cases are read.
type read struct {
	domain.EventLog
	times int
}

// Read implements domain.EventLog.
func (r *read) Read(ctx context.Context, id domain.StreamID, after uint64) iter.Seq2[domain.Recorded, error] {
	r.times++
	return r.EventLog.Read(ctx, id, after)
}

// counter is a desk over a log whose readings are counted, and another one over the same log, as another process has it.
type counter struct {
	*testing.T
	log        *read
	now        time.Time
	own, other *desk.Desk
	id         domain.StreamID
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{T: t, log: &read{EventLog: memlog.New()}, now: clock(), id: domain.StreamID{Type: "merit", ID: uuid.New()}}
	all, keys := catalog.All(), domaintest.Keys()
	open := func() *desk.Desk {
		return &desk.Desk{Catalog: all, Handler: domain.NewHandler(all, c.log, keys, clock), Clock: func() time.Time { return c.now }}
	}
	c.own, c.other = open(), open()
	return c
}

// give gives a command as who may act in a unit, and returns how often the log was read for it.
func (c *counter) give(d *desk.Desk, in area.Code, command domain.Command) (reads int, err error) {
	c.Helper()
	before := c.log.times
	ctx := right.With(c.Context(), right.Caller{Account: "lan", Grants: []right.Grant{{Role: right.Caseworker, Unit: in}, {Role: right.Approver, Unit: in, ApproveOwn: true}}})
	_, err = d.Handle(ctx, domain.Request{ID: uuid.New(), Case: c.id, Command: command, Occurred: 20240401})
	return c.log.times - before, err
}

func (c *counter) must(d *desk.Desk, in area.Code, command domain.Command) (reads int) {
	c.Helper()
	reads, err := c.give(d, in, command)
	if err != nil {
		c.Fatalf("%s: %v", command.CommandName(), err)
	}
	return reads
}

var receive = merit.Receive{Person: domain.PersonID{UUID: uuid.New()}, Commune: "06550", Category: "i", Procedure: "education", Due: 20240520, Channel: "direct"}

func assign(to string) domain.Assign { return domain.Assign{Type: "merit", Account: to} }

// Whoever works through a case has it read once: before there is one. Each act tells where it lies.
func TestActsTellWhereACaseLies(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.must(c.own, "06550", receive) // the first one of all also finds out which commands open a case
	c.id.ID = uuid.New()
	if n := c.must(c.own, "06550", receive); n != 1 {
		t.Errorf("opening a case read the log %d times", n)
	}
	for _, to := range []string{"lan", "minh", "lan", "minh"} {
		c.now = c.now.Add(1500 * time.Millisecond)
		if n := c.must(c.own, "06550", assign(to)); n != 0 {
			t.Errorf("the next act read the log %d times", n)
		}
	}
}

// What moves a case counts at once for who gave it, and for others after a while, also where they go on with the case.
func TestAMovedCaseIsElsewhere(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.must(c.own, "20", receive)
	c.must(c.other, "20", assign("lan"))
	c.must(c.own, "20", domain.Correct{Type: "merit", Version: 1, Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "lan", Data: []byte(`{"commune":"05977"}`)})
	if _, err := c.give(c.own, "06550", assign("minh")); domain.KindOf(err) != domain.NotFound {
		t.Errorf("where the case was: %v", err)
	}
	c.must(c.own, "05977", assign("minh"))
	c.now = c.now.Add(3 * time.Second)
	if _, err := c.give(c.other, "06550", assign("lan")); domain.KindOf(err) != domain.NotFound {
		t.Errorf("where the case was, in another process: %v", err)
	}
	c.must(c.other, "05977", assign("lan"))
}

// Where another process has moved a case, an act given here meanwhile tells where it lies now, and not where it was thought to lie.
func TestAnActTellsWhereTheCaseLiesNow(t *testing.T) {
	t.Parallel()
	c := newCounter(t)
	c.must(c.own, "20", receive)
	c.must(c.own, "20", assign("lan"))
	c.must(c.other, "20", domain.Correct{Type: "merit", Version: 1, Reason: domain.Hide("nhầm xã"), Requester: "lan", Approver: "lan", Data: []byte(`{"commune":"05977"}`)})
	c.must(c.own, "20", assign("minh")) // it still thinks that the case is in 06550, which is in 20 too
	if _, err := c.give(c.own, "06550", assign("lan")); domain.KindOf(err) != domain.NotFound {
		t.Errorf("where the case was: %v", err)
	}
}
