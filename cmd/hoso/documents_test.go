package main

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/adapters/natsdocuments"
	"hoso/domain"
	"hoso/projections/documents"
)

// scanned writes a file that looks like a scanned paper.
func scanned(t *testing.T, text string, size int) (path string, content []byte) {
	t.Helper()
	content = append([]byte("%PDF-1.7\n"+text+"\n"), bytes.Repeat([]byte("."), size)...)
	path = filepath.Join(t.TempDir(), text+".pdf")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, content
}

// stored lists the names of all documents that a data directory keeps.
func stored(t *testing.T, data string, do func(*natsdocuments.Store)) (names []string) {
	t.Helper()
	a, err := (&env{clock: clock}).openSource(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	s, err := natsdocuments.Open(a.nats, natsdocuments.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for one, err := range s.All(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, one.Name)
	}
	if do != nil {
		do(s)
	}
	return names
}

// given returns a document as the program gives it out.
func given(t *testing.T, data, name string, version int) []byte {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	must(t, "document", name, fmt.Sprint(version), "--data", data, "--purpose", "audit", "--by", "tham", "--out", out)
	return []byte(read(t, out))
}

// TestDocuments: attached, given out, backed up, restored, copied, and gone with the person; verify names what is wrong.
func TestDocuments(t *testing.T) {
	t.Parallel()
	data, private := peopled(t, 3)
	want := must(t, append(askFigures, "--data", data)...)
	first, content := scanned(t, "Đơn của Lương Thị Sao", 700<<10)
	second, other := scanned(t, "Giấy xác nhận", 100)
	id := uuid.NewString()
	for range 2 {
		if out := must(t, "attach", "unemployment/TN-1", first, "--data", data, "--kind", "application", "--by", "lan", "--id", id); !strings.Contains(out, "việc số 2") || !strings.Contains(out, documents.DigestOf(content)) {
			t.Errorf("%s", out)
		}
	}
	must(t, "attach", "person/NLD-2", second, "--data", data, "--by", "lan")
	fails(t, 2, "usage", "attach", "unemployment/TN-1", first, "--data", data)
	fails(t, 3, "document.wrong_type", "attach", "unemployment/TN-1", filepath.Join("testdata", "small.jsonl"), "--data", data, "--by", "lan")
	fails(t, 3, "case.not_found", "attach", "unemployment/TN-77", first, "--data", data, "--by", "lan")
	fails(t, 2, "usage", "document", "unemployment/TN-1", "2", "--data", data, "--by", "tham", "--out", "x")
	fails(t, 3, "document.not_found", "document", "unemployment/TN-1", "1", "--data", data, "--by", "tham", "--out", "x", "--purpose", "audit")
	if got := given(t, data, "unemployment/TN-1", 2); !bytes.Equal(got, content) {
		t.Errorf("%d bytes came back", len(got))
	}
	if h := must(t, "history", "unemployment/TN-1", "--data", data); !strings.Contains(h, "Đính kèm tài liệu") || strings.Contains(h, "Đơn của") {
		t.Errorf("%s", h)
	}
	if got := must(t, append(askFigures, "--data", data)...); figuresOnly(got) != figuresOnly(want) {
		t.Errorf("a document changed a figure:\n%s", got)
	}
	if v := verdict(t, "--data", data); !v.OK || v.Documents != 2 {
		t.Errorf("%+v", v)
	}
	for path, b := range everything(t, data) {
		if found := find(b, append(private, "Đơn của", "Giấy xác nhận", documents.DigestOf(content))); found != "" && !strings.Contains(path, "keys") {
			t.Errorf("%s holds %s", path, found)
		}
	}

	// A backup holds them sealed; restored with the key they are what they were.
	backup, restored := filepath.Join(t.TempDir(), "b.hoso"), filepath.Join(t.TempDir(), "restored")
	if out := must(t, "backup", backup, "--data", data); !strings.Contains(out, "2 tài liệu") {
		t.Errorf("%s", out)
	}
	must(t, "restore", backup, "--data", restored, "--key-file", filepath.Join(data, "keys", "kek"))
	copied := filepath.Join(t.TempDir(), "copied")
	must(t, "copy", "--from", data, "--to", copied)
	for _, dir := range []string{restored, copied} {
		if got := given(t, dir, "unemployment/TN-1", 2); !bytes.Equal(got, content) {
			t.Errorf("%s: %d bytes came back", dir, len(got))
		}
		if v := verdict(t, "--data", dir); !v.OK || v.Documents != 2 {
			t.Errorf("%s: %+v", dir, v)
		}
	}
	if out := must(t, "copy", "--from", data, "--to", copied); !strings.Contains(out, "tài liệu chép mới: 0") {
		t.Errorf("%s", out)
	}

	// Who is erased takes the documents along, and nobody else's.
	must(t, "erase", "person/NLD-1", "--data", data, "--ground", "request", "--by", "lan", "--yes")
	fails(t, 3, "person.erased", "document", "unemployment/TN-1", "2", "--data", data, "--by", "tham", "--out", filepath.Join(t.TempDir(), "x"), "--purpose", "audit")
	if names := stored(t, data, nil); len(names) != 1 {
		t.Errorf("%d documents are left", len(names))
	}
	if got := given(t, data, "person/NLD-2", 2); !bytes.Equal(got, other) {
		t.Errorf("%d bytes of somebody else came back", len(got))
	}
	if v := verdict(t, "--data", data); !v.OK || v.Documents != 1 {
		t.Errorf("%+v", v)
	}

	// What is lost is named.
	stored(t, restored, func(s *natsdocuments.Store) {
		for one := range s.All(t.Context()) {
			if err := s.Drop(t.Context(), one.Name); err != nil {
				t.Fatal(err)
			}
		}
	})
	r := hoso(t, "verify", "--data", restored)
	if r.code != 3 || strings.Count(r.out, "[document.missing]") != 2 || !strings.Contains(r.out, "tài liệu của việc số 2") {
		t.Errorf("%d %s", r.code, r.out)
	}
}

// TestDocumentsOverAServer: what --server attaches the server gives out, and records.
func TestDocumentsOverAServer(t *testing.T) {
	t.Parallel()
	data, _ := peopled(t, 2)
	path, content := scanned(t, "Đơn", 300<<10)
	address := served(t, data, "t0ken")
	token := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(token, []byte("t0ken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "attach", "unemployment/TN-1", path, "--server", address, "--token-file", token, "--kind", "application")
	out := filepath.Join(t.TempDir(), "out.pdf")
	must(t, "document", "unemployment/TN-1", "2", "--server", address, "--token-file", token, "--purpose", "handling", "--out", out)
	if got := []byte(read(t, out)); !bytes.Equal(got, content) {
		t.Errorf("%d bytes came back", len(got))
	}
	fails(t, 3, "document.not_found", "document", "unemployment/TN-1", "9", "--server", address, "--token-file", token, "--purpose", "handling", "--out", out)
}

// TestKilledAttachments: processes that attach documents are killed at any moment, also between the bytes and their event, and
// sent again with the same id. What was acknowledged is there once, whole; nothing names bytes that are not there.
func TestKilledAttachments(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	data, _ := peopled(t, 1)
	path, content := scanned(t, "Đơn", 3<<20)
	killed, acknowledged := 0, 0
	for range 4 {
		id := uuid.NewString()
		for try := 0; ; try++ {
			c := process(t, "attach", "unemployment/TN-0", path, "--data", data, "--by", "lan", "--id", id)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan error, 1)
			go func() { ended <- c.Wait() }()
			patience := time.Duration(50+rand.IntN(900)) * time.Millisecond
			if try >= 3 {
				patience = time.Minute
			}
			var err error
			select {
			case <-time.After(patience):
				_ = c.Process.Kill()
				<-ended
				killed++
				continue
			case err = <-ended:
			}
			if err != nil {
				t.Fatalf("attach after %d kills: %v", killed, err)
			}
			acknowledged++
			break
		}
	}
	v := verdict(t, "--data", data)
	t.Logf("killed %d times, %d documents, %d stored", killed, v.Documents, len(stored(t, data, nil)))
	if !v.OK || v.Documents != acknowledged {
		t.Errorf("%d were acknowledged: %+v", acknowledged, v)
	}
	for version := 2; version < 2+acknowledged; version++ {
		if got := given(t, data, "unemployment/TN-0", version); !bytes.Equal(got, content) {
			t.Errorf("act %d: %d bytes", version, len(got))
		}
	}
	// A day later what no case has is gone, and what a case has is not.
	a, err := (&env{clock: func() time.Time { return time.Now().Add(25 * time.Hour) }}).openCaughtUp(t.Context(), alone(data))
	if err != nil {
		t.Fatal(err)
	}
	a.sweeper.WaitFor = func(ctx context.Context, c domain.Cursor) error { return a.runner.CatchUp(ctx, c) }
	_, err = a.sweeper.Orphans(t.Context())
	a.close()
	if names := stored(t, data, nil); err != nil || len(names) != acknowledged {
		t.Errorf("%d documents are left of %d, %v", len(names), acknowledged, err)
	}
	if v := verdict(t, "--data", data); !v.OK || v.Documents != acknowledged {
		t.Errorf("after the sweep: %+v", v)
	}
}
