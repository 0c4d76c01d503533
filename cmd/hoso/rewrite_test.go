package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"hoso/adapters/natsserver"
)

// rewritten puts a stream with altered messages in the place of the log in a data directory, as somebody could who has
// the machine: with settings, headers and numbers as they should be, and with the directory's note of the log taken away.
func rewritten(t *testing.T, data string, change func([]*nats.Msg) []*nats.Msg) {
	t.Helper()
	srv, err := natsserver.Open(t.Context(), filepath.Join(data, "nats"))
	if err != nil {
		t.Fatal(err)
	}
	defer srv.Close()
	nc, err := srv.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	s, err := js.Stream(t.Context(), "hoso")
	if err != nil {
		t.Fatal(err)
	}
	info := s.CachedInfo()
	var all []*nats.Msg
	for seq := uint64(1); seq <= info.State.LastSeq; seq++ {
		raw, err := s.GetMsg(t.Context(), seq)
		if err != nil {
			t.Fatal(err)
		}
		m := &nats.Msg{Subject: raw.Subject, Header: nats.Header{}, Data: raw.Data}
		for name, values := range raw.Header {
			if !strings.HasPrefix(name, "Nats-") {
				m.Header[name] = values
			}
		}
		all = append(all, m)
	}
	if err := js.DeleteStream(t.Context(), "hoso"); err != nil {
		t.Fatal(err)
	}
	if _, err := js.CreateStream(t.Context(), info.Config); err != nil {
		t.Fatal(err)
	}
	for _, m := range change(all) {
		if _, err := js.PublishMsg(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(filepath.Join(data, tiesName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

// renumbered counts the versions of all cases anew.
func renumbered(all []*nats.Msg) []*nats.Msg {
	versions := map[string]int{}
	for _, m := range all {
		versions[m.Subject]++
		m.Header["Hoso-Version"] = []string{strconv.Itoa(versions[m.Subject])}
	}
	return all
}
