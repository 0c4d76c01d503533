package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hoso/adapters/natscluster/clustertest"
)

// streams tells how many streams an account has.
func streams(t *testing.T, c *clustertest.Cluster, as clustertest.Login) int {
	t.Helper()
	m, err := c.Connect(t, as).Request("$JS.API.INFO", nil, 10*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	var info struct{ Streams int }
	if err := json.Unmarshal(m.Data, &info); err != nil {
		t.Fatal(err)
	}
	return info.Streams
}

// fails runs the program where it must fail with one line, this exit code and this name, and say no secret.
func fails(t *testing.T, code int, name string, args ...string) {
	t.Helper()
	r := hoso(t, args...)
	if r.code != code || r.out != "" || strings.Count(r.err, "\n") != 1 || !strings.HasSuffix(r.err, "["+name+"]\n") || strings.Contains(r.err, "secret") {
		t.Errorf("hoso %s: exit code %d, want %d [%s]\n%s%s", args[0], r.code, code, name, r.out, r.err)
	}
}

// TestOnACluster runs the program against three servers with TLS and creds files.
func TestOnACluster(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a cluster")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{TLS: true, Tokens: true})
	small := file(t, "small.jsonl")
	flags := func(data string, as clustertest.Login, more ...string) []string {
		return append([]string{"--data", data, "--nats", c.Addresses(), "--nats-creds", as.File,
			"--nats-ca", c.CA, "--nats-cert", c.Cert, "--nats-key", c.Key, "--nats-system-creds", c.System().File}, more...)
	}
	with := func(flags []string, args ...string) []string { return append(args, flags...) }
	ours, empty := c.Account(t), c.Account(t)

	// What is refused leaves nothing behind.
	nothing := filepath.Join(t.TempDir(), "nothing")
	fails(t, 1, "nats.one_replica", with(flags(nothing, empty), "import", small)...)
	fails(t, 1, "nats.too_few_servers", with(flags(nothing, empty, "--replicas", "5"), "serve", "--listen", "127.0.0.1:0")...)
	fails(t, 3, "log.missing", with(flags(nothing, empty, "--replicas", "3"), "figures", "--month", "2024-04")...)
	fails(t, 1, "nats.no_jetstream", with(flags(nothing, c.Plain(), "--replicas", "3"), "import", small)...)
	if out := must(t, with(flags(nothing, empty, "--replicas", "3"), "import", "--dry-run", small)...); !strings.Contains(out, "sẽ ghi 7") {
		t.Errorf("a rehearsal says %s", out)
	}
	if n := streams(t, c, empty); n != 0 {
		t.Errorf("%d streams were left behind", n)
	}
	r := hoso(t, with(flags(nothing, empty, "--accept-unsafe"), "import", small)...)
	if r.code != 0 || !strings.Contains(r.err, "cảnh báo") || !strings.Contains(r.err, "[nats.one_replica]") {
		t.Errorf("unsafe and accepted: %d %s%s", r.code, r.out, r.err)
	}

	// As it should be: no warning, and the figures of the embedded server.
	data := filepath.Join(t.TempDir(), "data")
	if r := hoso(t, with(flags(data, ours, "--replicas", "3"), "import", small)...); r.code != 0 || r.err != "" || !strings.Contains(r.out, "ghi mới 7") {
		t.Fatalf("%+v", r)
	}
	embedded := filepath.Join(t.TempDir(), "embedded")
	must(t, "import", "--data", embedded, small)
	ask := []string{"figures", "--month", "2024-04", "--format", "json"}
	want := must(t, append(ask, "--data", embedded)...)
	if got := must(t, with(flags(data, ours, "--replicas", "3"), ask...)...); got != want {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
	// Another machine, with the same key: its views are made from the log.
	other := filepath.Join(t.TempDir(), "other")
	if err := os.MkdirAll(filepath.Join(other, "keys"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(other, "keys", "kek"), []byte(read(t, filepath.Join(data, "keys", "kek"))), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := must(t, with(flags(other, ours, "--replicas", "3"), ask...)...); got != want {
		t.Errorf("figures differ on another machine\n%s", got)
	}
	// Copied from the directory, the events are the same, and the key that opens the others stays in the directory.
	copied := c.Account(t)
	tls := []string{"--nats-creds", copied.File, "--nats-ca", c.CA, "--nats-cert", c.Cert, "--nats-key", c.Key, "--nats-system-creds", c.System().File, "--replicas", "3"}
	out := must(t, append([]string{"copy", "--from", embedded, "--to", c.Addresses()}, tls...)...)
	if !strings.Contains(out, "Đích nhận thêm 7 sự kiện") || !strings.Contains(out, "2 người, chép mới 2") {
		t.Error(out)
	}
	if got := must(t, with(flags(embedded, copied, "--replicas", "3"), ask...)...); got != want {
		t.Errorf("figures differ on the copy\n%s", got)
	}
	back := filepath.Join(t.TempDir(), "back")
	fails(t, 2, "copy.keys_unknown", append([]string{"copy", "--from", c.Addresses(), "--to", back}, tls...)...)
	// A source is only read: how many replicas it has is not asked.
	must(t, append([]string{"copy", "--from", c.Addresses(), "--to", back, "--keys", embedded}, tls[:len(tls)-2]...)...)
	if got := must(t, append(ask, "--data", back)...); got != want {
		t.Errorf("figures differ on what came back\n%s", got)
	}
	// From a server of one replica to a cluster of three: each side gets its own login, and only that.
	one := clustertest.Start(t, clustertest.Options{Servers: 1})
	as, moved, single := one.Account(t), c.Account(t), filepath.Join(t.TempDir(), "single")
	must(t, "import", "--data", single, "--nats", as.In(one.Addresses()), "--nats-system-creds", one.System().File, small)
	login := filepath.Join(t.TempDir(), "login")
	user, _, _ := strings.Cut(strings.TrimPrefix(as.In(one.Addresses()), "nats://"), "@")
	if err := os.WriteFile(login, []byte(user), 0o600); err != nil {
		t.Fatal(err)
	}
	tls[1] = moved.File
	r = hoso(t, append([]string{"copy", "--from", one.Addresses(), "--from-nats-creds", login, "--to", c.Addresses()}, tls...)...)
	if r.code != 0 || r.err != "" || !strings.Contains(r.out, "7 sự kiện") {
		t.Errorf("%+v", r)
	}
	fails(t, 1, "nats.login_refused", append([]string{"copy", "--from", one.Addresses(), "--to", c.Addresses()}, tls...)...)
	fails(t, 2, "usage", append([]string{"copy", "--from", embedded, "--to", c.Addresses(), "--replicas", "0"}, tls[:len(tls)-2]...)...)
	// A directory goes with one log: without its flags there is no other, and none is made.
	fails(t, 2, "data.other_log", append(ask, "--data", data)...)
	fails(t, 2, "data.other_log", "import", "--data", data, small)
	if _, err := os.Stat(filepath.Join(data, "nats")); err == nil {
		t.Error("an embedded server was started in the directory of a cluster")
	}
}

// TestKeysOutsideEventsInEventStoreDB keeps nothing but the lock, the key of keys and the views in the directory.
func TestKeysOutsideEventsInEventStoreDB(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	n, _ := eventStore(t)
	as := c.Account(t)
	data, small := filepath.Join(t.TempDir(), "data"), file(t, "small.jsonl")
	flags := []string{"--data", data, "--nats", as.In(c.Addresses()), "--nats-system-creds", c.System().File, "--eventstore", n.URL()}
	if out := must(t, append([]string{"import", small}, flags...)...); !strings.Contains(out, "ghi mới 7") {
		t.Error(out)
	}
	if streams := streams(t, c, as); streams != 1 {
		t.Errorf("%d streams: only the keys belong there", streams)
	}
	if _, err := os.Stat(filepath.Join(data, "nats")); err == nil {
		t.Error("an embedded server was started")
	}
	must(t, append([]string{"history", "unemployment/TN 01/2024"}, flags...)...)
	want := must(t, append(askFigures, flags...)...)
	if !strings.Contains(want, `"position": 7`) {
		t.Error(want)
	}
	back, from := filepath.Join(t.TempDir(), "back"), []string{"copy", "--from", n.URL(), "--keys", data, "--to"}
	fails(t, 3, "data.no_server", append(from, back)...)
	fails(t, 2, "copy.keys_unknown", "copy", "--from", n.URL(), "--from-nats", as.In(c.Addresses()), "--to", back)
	must(t, append(from, back, "--from-nats", as.In(c.Addresses()))...)
	if got := must(t, append(askFigures, "--data", back)...); got != want {
		t.Errorf("figures differ\n--- got\n%s\n--- want\n%s", got, want)
	}
}

// TestServeTellsOfALostServer kills the server under a service, and starts it again.
func TestServeTellsOfALostServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts and kills a server")
	}
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1})
	data, urls := filepath.Join(t.TempDir(), "data"), c.Account(t).In(c.Addresses())
	must(t, "import", "--data", data, "--nats", urls, "--nats-system-creds", c.System().File, file(t, "small.jsonl"))
	_, _, ask := overseen(t, "serve", "--data", data, "--nats", urls, "--nats-system-creds", c.System().File, "--listen", "127.0.0.1:0")
	until := func(status string) (h health) {
		t.Helper()
		for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(10 * time.Millisecond) {
			var code int
			if h, code = ask(); (code == http.StatusOK) != (h.Status == "ok") {
				t.Fatalf("%d %+v", code, h)
			}
			if h.Status == status {
				return h
			}
		}
		t.Fatalf("it is never %s: %+v", status, h)
		return h
	}
	if h := until("ok"); h.Position != 7+firstAccount || h.Storage != "ok" {
		t.Errorf("%+v", h)
	}
	c.Servers[0].Kill()
	if h := until("failing"); !strings.Contains(h.Storage, "mất kết nối") || strings.Contains(h.Storage, "secret") {
		t.Errorf("%+v", h)
	}
	c.Servers[0].Start(t)
	if h := until("ok"); h.Position != 7+firstAccount {
		t.Errorf("%+v", h)
	}
}

func TestFlagsOfTheStore(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	for args, name := range map[string]string{
		"serve --replicas 3":                                 "usage",
		"serve --nats nats://127.0.0.1:1 --replicas 9":       "usage",
		"figures --month 2024-04 --nats-creds x":             "usage",
		"import --nats http://lan:secret@host -":             "nats.bad_url",
		"history a --nats 127.0.0.1:1 --nats-creds /no/file": "nats.file_missing",
	} {
		fails(t, 2, name, append(strings.Fields(args), "--data", data)...)
	}
	fails(t, 1, "nats.refused", "figures", "--month", "2024-04", "--data", data, "--nats", "lan:secret@127.0.0.1:1")
}
