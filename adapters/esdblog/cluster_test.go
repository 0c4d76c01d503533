package esdblog_test

import (
	"testing"
	"time"

	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

func startCluster(t *testing.T, store *esdbtest.Store) *esdbtest.Cluster {
	t.Helper()
	ours(t)
	c, err := esdbtest.StartCluster(store, esdbtest.Options{}, 3)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Stop)
	return c
}

// Whoever is asked, the leader answers; where another node becomes leader, writing, reading and following go on.
func TestLeaderChanges(t *testing.T) {
	c := startCluster(t, esdbtest.NewStore())
	for name, url := range map[string]string{"by gossip": c.URL(), "a follower's address": c.Nodes[1].URL()} {
		t.Run(name, func(t *testing.T) {
			l := open(t, url)
			head, err := l.Head(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			events := following(t, l, head)
			id, ds := newCase(), drafts(9)
			var tail domain.Tail
			for i, d := range ds {
				c.Elect(c.Nodes[i%3])
				tail = appended(t, l, id, tail, d)
				expect(t, l, id, ds[:i+1])
				if e := take(t, events, 1)[0]; e.ID != d.ID {
					t.Fatalf("event %d is %s", i+1, e.ID)
				}
			}
		})
	}
}

// A large write to a node that does not lead any more is refused in the middle, and reaches the leader.
func TestLargeWriteToAFollower(t *testing.T) {
	c := startCluster(t, esdbtest.NewStore())
	l := open(t, c.URL())
	id, ds := newCase(), drafts(2*domain.MaxAppend)
	tail := appended(t, l, id, domain.Tail{}, ds[:domain.MaxAppend]...)
	c.Elect(c.Nodes[2])
	appended(t, l, id, tail, ds[domain.MaxAppend:]...)
	expect(t, l, id, ds)
}

func TestLeaderDies(t *testing.T) {
	c := startCluster(t, esdbtest.NewStore())
	l := open(t, c.URL())
	events := following(t, l, 0)
	id, ds := newCase(), drafts(2)
	tail := appended(t, l, id, domain.Tail{}, ds[0])
	c.Elect(nil)
	c.Nodes[0].Stop()
	elected := time.AfterFunc(700*time.Millisecond, func() { c.Elect(c.Nodes[1]) })
	defer elected.Stop()
	appended(t, l, id, tail, ds[1])
	expect(t, l, id, ds)
	take(t, events, 2)
}
