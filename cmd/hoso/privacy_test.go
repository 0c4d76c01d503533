package main

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/s2"
)

// No name and no identity number may be found in any byte of the data directory: not as it stands, not in the log's
// compressed blocks, not as base64.
func TestNoPersonCanBeFoundInTheDataDirectory(t *testing.T) {
	const people = 40
	var private []string
	var b strings.Builder
	for i := range people {
		name, number := fmt.Sprintf("Vi Thị Bảo Trân %c%c", 'A'+i%26, 'a'+i/26), fmt.Sprintf("02019%07d", 7654321+i*1009)
		private = append(private, name, number, "0912"+number[6:], "Thôn Nà Lạ số "+number[8:])
		fmt.Fprintf(&b, `{"command":"person.register","case":"NLD-%[1]d","occurred":"2024-04-01","data":{"identity":"%[2]s","name":"%[3]s","phone":"0912%[4]s","address":"Thôn Nà Lạ số %[5]s"}}
{"command":"unemployment.file","case":"TN-%[1]d","occurred":"2024-04-02","data":{"person":"NLD-%[1]d","commune":"06550","sex":"female","birth_year":1985,"channel":"direct","residence":"own","months_paid":40}}
{"command":"unemployment.withdraw","case":"TN-%[1]d","occurred":"2024-04-03","data":{"reason":"theo lời bà %[3]s"}}
`, i, number, name, number[6:], number[8:])
	}
	data := filepath.Join(t.TempDir(), "data")
	if r := hosoWith(t.Context(), b.String(), "import", "--data", data, "-"); r.code != 0 {
		t.Fatal(r.out, r.err)
	}
	must(t, "figures", "--data", data, "--month", "2024-04")

	checked := 0
	for path, content := range everything(t, data) {
		checked += len(content)
		if found := find(content, private); found != "" {
			t.Errorf("%s holds %s", path, found)
		}
	}
	if checked < 10_000 {
		t.Fatalf("only %d bytes were looked at", checked)
	}
	// The search sees the events at all: a commune and a type of event, which are no secrets, are found in the blocks.
	// And it would find a name, in each of the forms.
	all := bytes.Join(values(everything(t, filepath.Join(data, "nats"))), nil)
	for _, open := range []string{"unemployment.filed", "06550"} {
		if !bytes.Contains(all, []byte(open)) {
			t.Errorf("the search does not see %q: it proves nothing", open)
		}
	}
	for form, planted := range map[string][]byte{
		"raw":    []byte("…" + private[0] + "…"),
		"base64": []byte(base64.StdEncoding.EncodeToString([]byte("x" + private[0] + "y"))),
		"json":   []byte(strings.ToUpper(private[2])),
	} {
		if find(planted, private) == "" {
			t.Errorf("a planted name would not be found: %s", form)
		}
	}
	planted := filepath.Join(t.TempDir(), "1.blk")
	var packed bytes.Buffer
	w := s2.NewWriter(&packed)
	_, _ = w.Write([]byte(strings.Repeat("{}", 500) + private[1]))
	_ = w.Close()
	if err := os.WriteFile(planted, append([]byte("cmp\x01"), packed.Bytes()...), 0o600); err != nil {
		t.Fatal(err)
	}
	if find(bytes.Join(values(everything(t, filepath.Dir(planted))), nil), private) == "" {
		t.Error("a number planted in a compressed block would not be found")
	}
}

// everything returns the content of every file, and of every compressed part in one.
func everything(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		all[path] = b
		for n, at := 0, 0; ; n++ {
			// A compressed block begins with the stream identifier of S2, wherever in the file it stands.
			i := bytes.Index(b[at:], []byte("\xff\x06\x00\x00S2sTwO"))
			if i < 0 {
				break
			}
			plain, _ := io.ReadAll(s2.NewReader(bytes.NewReader(b[at+i:]))) // a checksum may follow it
			all[fmt.Sprintf("%s, block %d", path, n)] = plain
			at += i + 1
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func values(m map[string][]byte) (all [][]byte) {
	for _, v := range m {
		all = append(all, v)
	}
	return all
}

// find returns which of the words the bytes hold, in plain text or at any offset of a base64 text.
func find(content []byte, words []string) string {
	for _, w := range words {
		if bytes.Contains(content, []byte(w)) {
			return w
		}
		for offset := range 3 {
			encoded := base64.StdEncoding.EncodeToString(append(make([]byte, offset), w...))
			from := (offset*8 + 5) / 6      // the first character that only the word decides
			to := (offset + len(w)) * 8 / 6 // and the one after the last
			if bytes.Contains(content, []byte(encoded[from:to])) {
				return w + " (base64)"
			}
		}
	}
	return ""
}
