package esdblog_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"google.golang.org/grpc"

	"hoso/adapters/esdblog"
	"hoso/adapters/esdblog/esdbtest"
	"hoso/domain"
)

// certificate makes one for 127.0.0.1, signed by itself, and the file by which a client trusts it.
func certificate(t *testing.T) (*tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, file
}

// refusal opens what must be refused, with one line that says nothing secret, and leaves nothing behind.
func refusal(t *testing.T, url, want string) {
	t.Helper()
	o := hasty(url)
	o.Timeout = 600 * time.Millisecond
	l, err := esdblog.Open(t.Context(), o)
	if err == nil {
		l.Close()
		t.Fatalf("%s: it was opened", want)
	}
	if code(err) != want || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want %s", err, want)
	}
	if k := domain.KindOf(err); k != domain.Unavailable && k != domain.Usage {
		t.Errorf("%s is of kind %d", want, k)
	}
	t.Log(err)
}

func TestWrongAddresses(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"", "localhost:2113", "http://localhost:2113", "esdb://", "esdb://user:secret@:x", "esdb://user:secret@host:port",
		"esdb://user:secret@host:2113?tls=maybe", "esdb://host:2113?tsl=false", "esdb://host/path", "esdb://:secret@host",
		"esdb://user:secret@host:2113?tls=false", "esdb://host:2113?%zz", "esdb://a:1,b:x", "esdb://host?tlsCAFile=/no/such/file",
		"esdb://user:secret%zz@host:2113", "esdb://host?userCertFile=only",
		// A password in which something should have been written with a percent sign.
		"esdb://admin:pa?secret@host:2113", "esdb://admin:pa?secret=1@host", "esdb://admin:12?x=secret&secret@host",
		"esdb://admin:12/secret@host", "esdb://admin:12#secret@host", "esdb://admin:12,x/secret@host:2113",
		"esdb://admin:1,secret@h1:1,h2:2?tls=true", "esdb://admin:secret[@host", "esdb://admin:pa?secret",
		"esdb://host?secret%0A=1", "esdb://host?pa%40secret=1",
	} {
		refusal(t, url, "log.wrong_address")
	}
	for _, url := range []string{"esdb://host:2113?tsl=false", "esdb://admin:1,secret@h1:1,h2:2?tls=true"} {
		_, err := esdblog.Open(t.Context(), esdblog.Options{URL: url})
		if text := err.Error(); strings.Contains(url, "tsl") != strings.Contains(text, "tsl") || strings.Contains(text, "admin") {
			t.Errorf("%q", text)
		}
	}
	if _, err := esdblog.Open(t.Context(), esdblog.Options{URL: "esdb://h", Prefix: "A b"}); code(err) != "log.wrong_address" {
		t.Errorf("a prefix: %v", err)
	}
}

// TestNoPasswordInClear: without TLS a name and a password are taken only for a server on this machine. They are not sent
// there either: a server without TLS asks nobody.
func TestNoPasswordInClear(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	for _, url := range []string{"esdb://lan:secret@192.0.2.1:2113?tls=false", "esdb://lan:secret@127.0.0.1,db.tinh.vn?tls=false",
		"esdb+discover://lan:secret@db.tinh.vn?tls=false"} {
		refusal(t, url, "log.wrong_address")
	}
	for _, user := range []string{"lan:secret@", "lan:p%2Fa%3Fs%40s@", "lan@"} {
		l := open(t, strings.Replace(n.URL(), "esdb://", "esdb://"+user, 1))
		appended(t, l, newCase(), domain.Tail{}, drafts(1)...)
	}
}

func TestNobodyThere(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	url := n.URL()
	n.Stop()
	refusal(t, url, "log.no_server")
	refusal(t, "esdb://no-such-host.invalid:2113?tls=false", "log.no_server")
}

func TestSomebodyElseThere(t *testing.T) {
	ours(t)
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: -1, NoSigs: true, NoLog: true})
	if err != nil {
		t.Fatal(err)
	}
	go s.Start()
	t.Cleanup(s.Shutdown)
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("no server")
	}
	refusal(t, "esdb://"+s.Addr().String()+"?tls=false", "log.tls")
}

// stranger is a gRPC server that is no EventStoreDB, at an address.
func stranger(t *testing.T, address string) (stop func()) {
	t.Helper()
	var l net.Listener
	var err error
	for range 50 { // the port may be free a moment later
		if l, err = new(net.ListenConfig).Listen(t.Context(), "tcp", address); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	s := grpc.NewServer()
	go func() { _ = s.Serve(l) }()
	t.Cleanup(s.Stop)
	return s.Stop
}

// TestSomebodyElseForAWhile: what is no EventStoreDB is told as that, and where it stands in the place of one for a while,
// followers go on afterwards.
func TestSomebodyElseForAWhile(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{})
	o := hasty(n.URL())
	o.Timeout = time.Second
	l, err := esdblog.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.Close)
	events := following(t, l, 0)
	id, ds := newCase(), drafts(2)
	tail := appended(t, l, id, domain.Tail{}, ds[0])
	take(t, events, 1)

	n.Stop()
	stop := stranger(t, n.Address())
	refusal(t, n.URL(), "log.not_eventstore")
	refusal(t, "esdb://"+n.Address()+","+n.Address()+"?tls=false", "log.not_eventstore")
	if _, err := l.Append(t.Context(), newCase(), domain.Tail{}, drafts(1)...); code(err) != "log.not_eventstore" || domain.KindOf(err) != domain.Unavailable {
		t.Errorf("append: %v", err)
	}
	for _, err := range l.Read(t.Context(), id, 0) {
		if code(err) != "log.not_eventstore" {
			t.Errorf("read: %v", err)
		}
	}
	stop()
	if err := n.Restart(); err != nil {
		t.Fatal(err)
	}
	appended(t, l, id, tail, ds[1])
	if e := take(t, events, 1)[0]; e.ID != ds[1].ID {
		t.Errorf("got %s, want %s", e.ID, ds[1].ID)
	}
}

func TestServerTooOld(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{Version: "21.10.9"})
	refusal(t, n.URL(), "log.server_too_old")
	n = mustStart(t, esdbtest.NewStore(), esdbtest.Options{Version: "22.6.0"})
	l := open(t, n.URL()) // says nothing of having caught up
	id, ds := newCase(), drafts(3)
	appended(t, l, id, domain.Tail{}, ds...)
	expect(t, l, id, ds)
	take(t, following(t, l, 0), 3)
}

func TestCredentialsAndTLS(t *testing.T) {
	ours(t)
	cert, ca := certificate(t)
	n := mustStart(t, esdbtest.NewStore(), esdbtest.Options{TLS: cert, User: "hoso", Password: "secret"})
	l := open(t, n.URL()+"&tlsCAFile="+ca)
	appended(t, l, newCase(), domain.Tail{}, drafts(1)...)
	refusal(t, strings.Replace(n.URL(), "hoso:secret", "hoso:wrong-secret", 1)+"&tlsCAFile="+ca, "log.unauthenticated")
	refusal(t, strings.Replace(n.URL(), "hoso:secret@", "", 1)+"&tlsCAFile="+ca, "log.unauthenticated")
	refusal(t, n.URL(), "log.tls")                            // signed by nobody whom we trust
	refusal(t, "esdb://"+n.Address()+"?tls=false", "log.tls") // it wants TLS
	plain := mustStart(t, esdbtest.NewStore(), esdbtest.Options{})
	refusal(t, "esdb://"+plain.Address()+"?tlsCAFile="+ca, "log.tls") // it has none
	denied := mustStart(t, esdbtest.NewStore(), esdbtest.Options{Denied: true})
	refusal(t, denied.URL(), "log.access_denied")
}

func mustStart(t *testing.T, store *esdbtest.Store, options esdbtest.Options) *esdbtest.Node {
	t.Helper()
	n, err := esdbtest.Start(store, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.Stop)
	return n
}

func TestServerWithASmallAppendSize(t *testing.T) {
	n := start(t, esdbtest.NewStore(), esdbtest.Options{MaxAppendSize: 10_000})
	l := open(t, n.URL())
	id := newCase()
	if _, err := l.Append(t.Context(), id, domain.Tail{}, drafts(100)...); code(err) != "log.misconfigured" {
		t.Errorf("got %v", err)
	}
	expect(t, l, id, nil)
}

// Events of others: in streams that are not named like ours they are passed over, in one that is they are told.
func TestForeignEvents(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	l := open(t, n.URL())
	id, ds := newCase(), drafts(2)
	tail := appended(t, l, id, domain.Tail{}, ds[0])
	for _, name := range []string{"orders", "Order-1", "order-0", "$stats-0.0.0.0:2113", "suite-" + strings.ToUpper(newCase().ID.String())} {
		store.Put(name, "placed", `{}`, `{}`)
	}
	if head, err := l.Head(t.Context()); head != tail.Position || err != nil {
		t.Errorf("head %d %v, want %d", head, err, tail.Position)
	}
	appended(t, l, id, tail, ds[1])
	t.Run("followed", func(t *testing.T) { take(t, following(t, l, 0), 2) })

	store.Put(newCase().String(), "placed", `{}`, `{"user":"x"}`)
	for _, err := range l.Follow(t.Context(), 0) {
		if err != nil && code(err) != "log.foreign_event" {
			t.Error(err)
		}
	}
	refusal(t, n.URL(), "log.foreign_event")
}

func TestHistoriesThatWereCut(t *testing.T) {
	store := esdbtest.NewStore()
	n := start(t, store, esdbtest.Options{})
	l := open(t, n.URL())
	cut, gone := newCase(), newCase()
	tail := appended(t, l, cut, domain.Tail{}, drafts(5)...)
	other := appended(t, l, gone, domain.Tail{}, drafts(1)...)
	store.Truncate(cut.String(), 2)
	store.Tombstone(gone.String())
	for id, want := range map[domain.StreamID]string{cut: "log.history_cut", gone: "log.stream_deleted"} {
		var last error
		for _, err := range l.Read(t.Context(), id, 0) {
			last = err
		}
		if code(last) != want {
			t.Errorf("read %s: %v", want, last)
		}
	}
	if _, err := l.Append(t.Context(), gone, other, drafts(1)...); code(err) != "log.stream_deleted" {
		t.Errorf("append: %v", err)
	}
	appended(t, l, cut, tail, drafts(1)...) // who knows the end may go on

	// The whole store is another one: what was seen in it is not there.
	for _, name := range store.Streams() {
		store.Tombstone(name)
	}
	if _, err := l.Head(t.Context()); code(err) != "log.history_cut" {
		t.Errorf("head: %v", err)
	}
}
