package natscluster

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"hoso/adapters/natscluster/clustertest"
	"hoso/domain"
)

// look returns the codes of what is found; those that break the promise end with a mark.
func look(t *testing.T, o Options, exists bool) (codes []string, err error) {
	t.Helper()
	nc, err := Connect(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	found, err := Inspect(t.Context(), nc, o, exists)
	for _, f := range found {
		if strings.Contains(f.Msg, "\n") || strings.Contains(f.Msg, "secret") {
			t.Errorf("%s: %q", f.Code, f.Msg)
		}
		if f.Breaks {
			f.Code += "!"
		}
		codes = append(codes, f.Code)
	}
	return codes, err
}

func finds(t *testing.T, o Options, exists bool, want ...string) {
	t.Helper()
	if got, err := look(t, o, exists); err != nil || !slices.Equal(got, want) {
		t.Errorf("%d replicas: found %v, %v; want %v", o.Replicas, got, err, want)
	}
}

func cannotWork(t *testing.T, o Options, code string) {
	t.Helper()
	if _, err := look(t, o, false); !errors.Is(err, &domain.Error{Code: code}) || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v, want %s", err, code)
	}
}

// TestInspectCluster looks at three servers as they should be, with TLS and creds files.
func TestInspectCluster(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{TLS: true, Tokens: true})
	o := Options{URLs: c.Addresses(), Creds: c.Account(t).File, CA: c.CA, Cert: c.Cert, Key: c.Key, Replicas: 3, System: c.System().File}
	finds(t, o, false)
	o.Replicas = 1
	finds(t, o, false, "nats.one_replica!")
	o.Replicas = 2
	finds(t, o, false, "nats.even_replicas")
	o.Replicas = 5
	finds(t, o, false, "nats.too_few_servers!")
	o.Replicas, o.System = 3, ""
	finds(t, o, false, "nats.sync_unseen")
	o.System = c.Account(t).File
	cannotWork(t, o, "nats.not_system")
	o.System = clustertest.Stranger(t)
	cannotWork(t, o, "nats.login_refused")
	o.System, o.Creds = "", c.Plain().File
	cannotWork(t, o, "nats.no_jetstream")

	o.Creds, o.System = c.Account(t).File, c.System().File
	c.Servers[2].Kill()
	finds(t, o, false, "nats.sync_unseen") // the two know that they are three, and nobody sees how the third is set up
}

// TestInspectServer looks at one server that does not sync.
func TestInspectServer(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1, Sync: "2m"})
	o := Options{URLs: c.Account(t).In(c.Addresses()), Replicas: 1}
	finds(t, o, false, "nats.sync_unseen")
	o.System = c.System().File
	finds(t, o, false, "nats.not_synced!")
	o.Replicas = 3
	finds(t, o, false, "nats.too_few_servers!", "nats.not_synced!")
	finds(t, o, true, "nats.not_synced!")
	cannotWork(t, Options{URLs: c.Plain().In(c.Addresses()), Replicas: 1}, "nats.no_jetstream")
}

func TestInspectWithoutJetStream(t *testing.T) {
	t.Parallel()
	c := clustertest.Start(t, clustertest.Options{Servers: 1, NoJS: true})
	cannotWork(t, Options{URLs: c.Plain().In(c.Addresses()), Replicas: 1}, "nats.no_jetstream")
}

func TestOldServers(t *testing.T) {
	t.Parallel()
	for version, old := range map[string]bool{
		"2.11.9": true, "2.9.0": true, "1.4.1": true, "2.12.0": false, "2.12.0-RC.1": false, "2.15.2": false, "v3.0.0": false, "": false, "dev": false,
	} {
		err := tooOld([]server{{Name: "a", Version: "2.12.1"}, {Name: "b", Version: version}})
		if got := errors.Is(err, &domain.Error{Code: "nats.too_old"}); got != old {
			t.Errorf("%q: %v", version, err)
		}
	}
}
