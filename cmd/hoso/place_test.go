package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPlaces(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"lan@office", "office:2024"} {
		if err := os.Mkdir(name, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for text, want := range map[string]place{
		"data":                              {dir: "data"},
		"/srv/hoso":                         {dir: "/srv/hoso"},
		`C:\data`:                           {dir: `C:\data`},
		"lan@office":                        {dir: "lan@office"}, // they are there
		"office:2024":                       {dir: "office:2024"},
		"nats://a,b:4222":                   {nats: "nats://a,b:4222"},
		"tls://a":                           {nats: "tls://a"},
		"esdb://a:2113":                     {eventStore: "esdb://a:2113"},
		"ESDB://a:2113?tls=false":           {eventStore: "esdb://a:2113?tls=false"},
		"esdb+discover://u:p@a":             {eventStore: "esdb+discover://u:p@a"},
		"kurrentdb://a:2113":                {eventStore: "esdb://a:2113"},
		"KurrentDB+Discover://u:p@a?tls=no": {eventStore: "esdb+discover://u:p@a?tls=no"},
	} {
		if got, err := parsePlace("to", text); err != nil || got != want {
			t.Errorf("%s: %+v %v", text, got, err)
		}
	}
	for _, text := range []string{
		"admin:secret@127.0.0.1:5201", "127.0.0.1:5201", "host:4222,other:4222", "[::1]:4222", "lan@host", "secret/b@host",
		"http://admin:secret@host", "://host", "",
	} {
		_, err := parsePlace("to", text)
		if err == nil {
			t.Errorf("%q is taken", text)
		} else if said := err.Error(); strings.Contains(said, "secret") || !strings.Contains(said, "nats://") || !strings.Contains(said, "esdb://") || !strings.Contains(said, "thư mục") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestAnAddressIsNoDirectory: the name of the directory would hold the password.
func TestAnAddressIsNoDirectory(t *testing.T) {
	data, dir := filepath.Join(t.TempDir(), "data"), t.TempDir()
	must(t, "import", "--data", data, file(t, "small.jsonl"))
	t.Chdir(dir)
	fails(t, 2, "usage", "copy", "--from", data, "--to", "admin:secret@127.0.0.1:5201")
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("%v %v", left, err)
	}
	fails(t, 1, "log.no_server", "copy", "--from", data, "--to", "kurrentdb://127.0.0.1:1?tls=false")
}
