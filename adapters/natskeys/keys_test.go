package natskeys_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natscluster/clustertest"
	"hoso/adapters/natskeys"
	"hoso/adapters/natsserver"
	"hoso/domain"
)

// place is a data directory with a server on it, or beside a cluster.
type place struct {
	dir     string
	srv     *natsserver.Server
	cluster *clustertest.Cluster
	login   clustertest.Login
}

// newCluster is a place beside three servers of their own.
func newCluster(t *testing.T) *place {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	c := clustertest.Start(t, clustertest.Options{})
	return &place{dir: t.TempDir(), cluster: c, login: c.Account(t)}
}

// everywhere runs a test on the embedded server and on a cluster.
func everywhere(t *testing.T, test func(*testing.T, *place)) {
	t.Parallel()
	t.Run("embedded", func(t *testing.T) { t.Parallel(); test(t, newPlace(t)) })
	t.Run("cluster", func(t *testing.T) { t.Parallel(); test(t, newCluster(t)) })
}

func newPlace(t *testing.T) *place {
	t.Helper()
	p := &place{dir: t.TempDir()}
	p.start(t)
	t.Cleanup(func() { p.srv.Close() })
	return p
}

func (p *place) start(t *testing.T) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), filepath.Join(p.dir, "nats"))
	if err != nil {
		t.Fatal(err)
	}
	p.srv = srv
}

// restart starts the server again; of a cluster the one that leads the bucket, after it was killed.
func (p *place) restart(t *testing.T) {
	t.Helper()
	if p.cluster == nil {
		p.srv.Close()
		p.start(t)
		return
	}
	leader := p.cluster.Leader(t.Context(), p.cluster.Connect(t, p.login), "KV_hoso-keys")
	if leader == nil {
		t.Fatal("the bucket has no leader")
	}
	leader.Kill()
	leader.Start(t)
}

// try opens the keys on a connection of their own.
func (p *place) try(t *testing.T) (*natskeys.Keys, error) {
	t.Helper()
	o := natskeys.Options{Dir: p.dir, Replicas: 3}
	var nc *nats.Conn
	if p.cluster != nil {
		nc = p.cluster.Connect(t, p.login)
	} else {
		var err error
		if nc, err = p.srv.Connect(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(nc.Close)
		o.Replicas, o.Fault = 1, p.srv.Fault
	}
	k, err := natskeys.Open(t.Context(), nc, o)
	if err == nil {
		t.Cleanup(k.Close)
	}
	return k, err
}

func (p *place) open(t *testing.T) *natskeys.Keys {
	t.Helper()
	k, err := p.try(t)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func somebody() domain.PersonID { return domain.PersonID{UUID: uuid.New()} }

func key(t *testing.T, k *natskeys.Keys, p domain.PersonID) domain.Key {
	t.Helper()
	v, err := k.Key(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestKeysStayTheSame(t *testing.T) { everywhere(t, keysStayTheSame) }

func keysStayTheSame(t *testing.T, p *place) {
	k := p.open(t)
	lan, hoa := somebody(), somebody()
	keyOfLan, keyOfHoa := key(t, k, lan), key(t, k, hoa)
	secret, err := k.Pseudonym(t.Context())
	if err != nil || keyOfLan == keyOfHoa || keyOfLan == (domain.Key{}) || secret == (domain.Key{}) {
		t.Fatalf("%x %x %x %v", keyOfLan, keyOfHoa, secret, err)
	}
	k.Close()
	p.restart(t)
	k = p.open(t)
	if key(t, k, lan) != keyOfLan || key(t, k, hoa) != keyOfHoa {
		t.Error("keys changed by reopening")
	}
	if again, _ := k.Pseudonym(t.Context()); again != secret {
		t.Error("the office's secret changed by reopening")
	}
}

func TestTwoProcessesGetTheSameKeys(t *testing.T) { everywhere(t, twoProcessesGetTheSameKeys) }

func twoProcessesGetTheSameKeys(t *testing.T, p *place) {
	a, b := p.open(t), p.open(t)
	persons := make([]domain.PersonID, 300)
	for i := range persons {
		persons[i] = somebody()
	}
	var mu sync.Mutex
	seen := map[domain.PersonID]map[domain.Key]bool{}
	var all sync.WaitGroup
	for i := range 4 * len(persons) {
		who, from := persons[i%len(persons)], []*natskeys.Keys{a, b}[i/len(persons)%2]
		all.Go(func() {
			v, err := from.Key(t.Context(), who)
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if seen[who] == nil {
				seen[who] = map[domain.Key]bool{}
			}
			seen[who][v] = true
		})
	}
	all.Wait()
	for who, keys := range seen {
		if len(keys) != 1 {
			t.Errorf("%s has %d keys", who, len(keys))
		}
	}
}

func TestDestroyedForEver(t *testing.T) { everywhere(t, destroyedForEver) }

func destroyedForEver(t *testing.T, p *place) {
	a, b := p.open(t), p.open(t)
	lan, unknown, hoa := somebody(), somebody(), somebody()
	key(t, a, lan)
	key(t, b, lan)
	keyOfHoa := key(t, a, hoa)
	for range 2 { // it may be done again
		for _, who := range []domain.PersonID{lan, unknown} {
			if err := a.Destroy(t.Context(), who); err != nil {
				t.Fatal(err)
			}
		}
	}
	gone := func(k *natskeys.Keys) {
		t.Helper()
		for _, who := range []domain.PersonID{lan, unknown} {
			if _, err := k.Key(t.Context(), who); !errors.Is(err, domain.ErrErased) {
				t.Errorf("got %v", err)
			}
		}
		if key(t, k, hoa) != keyOfHoa {
			t.Error("somebody else's key changed")
		}
	}
	gone(a)
	// The other process is told by a message: wait for it, bounded.
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for ctx.Err() == nil {
		if _, err := b.Key(ctx, lan); errors.Is(err, domain.ErrErased) {
			break
		}
	}
	gone(b)
	a.Close()
	b.Close()
	p.restart(t)
	gone(p.open(t))
}

// TestDestroyedKeyIsNotOnDisk looks for the sealed key in every file of the server.
func TestDestroyedKeyIsNotOnDisk(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	k := p.open(t)
	lan := somebody()
	key(t, k, lan)
	for range 20 { // it shall not be the last in its block
		key(t, k, somebody())
	}
	nc, err := p.srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	bucket, err := js.KeyValue(t.Context(), "hoso-keys")
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := bucket.Get(t.Context(), "person."+lan.String())
	if err != nil {
		t.Fatal(err)
	}
	if n := filesWith(t, p.dir, sealed.Value()); n == 0 {
		t.Fatal("the sealed key is nowhere on disk: this test sees nothing")
	}
	if err := k.Destroy(t.Context(), lan); err != nil {
		t.Fatal(err)
	}
	if n := filesWith(t, p.dir, sealed.Value()); n != 0 {
		t.Errorf("the sealed key is still in %d files", n)
	}
	k.Close()
	p.restart(t)
	if n := filesWith(t, p.dir, sealed.Value()); n != 0 {
		t.Errorf("after a restart the sealed key is still in %d files", n)
	}
}

func filesWith(t *testing.T, dir string, what []byte) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil // files come and go while the server runs
		}
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, what) {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestKeyFile(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	p.open(t).Close()
	path := filepath.Join(p.dir, "kek")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	wrong := bytes.Repeat([]byte{7}, 32)
	for _, c := range []struct {
		code  string
		spoil func() error
	}{
		{"keys.kek_missing", func() error { return os.Remove(path) }},
		{"keys.kek_wrong", func() error { return os.WriteFile(path, wrong, 0o600) }},
		{"keys.kek_malformed", func() error { return os.WriteFile(path, good[:31], 0o600) }},
		{"keys.kek_exposed", func() error { return os.Chmod(path, 0o640) }},
	} {
		if err := os.WriteFile(path, good, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := c.spoil(); err != nil {
			t.Fatal(err)
		}
		_, err := p.try(t)
		if !errors.Is(err, &domain.Error{Code: c.code}) || domain.KindOf(err) != domain.Unavailable {
			t.Errorf("%s: got %v", c.code, err)
		}
		if c.code == "keys.kek_missing" {
			if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
				t.Error("a missing file was replaced")
			}
		}
		if err := os.Chmod(path, 0o600); err != nil && c.code != "keys.kek_missing" {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	p.open(t)
}

// BenchmarkImport makes the keys of 10,000 persons for 256 callers.
func BenchmarkImport(b *testing.B) {
	srv, err := natsserver.Open(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	nc, err := srv.Connect()
	if err != nil {
		b.Fatal(err)
	}
	defer nc.Close()
	k, err := natskeys.Open(b.Context(), nc, natskeys.Options{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer k.Close()
	for b.Loop() {
		var all sync.WaitGroup
		for range 256 {
			all.Go(func() {
				for range 10_000 / 256 {
					if _, err := k.Key(b.Context(), somebody()); err != nil {
						b.Error(err)
					}
				}
			})
		}
		all.Wait()
	}
}
