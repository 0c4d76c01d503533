package reporttest

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"strings"
	"testing"
)

// digests are those of the files of [Sample]: format and SHA-256, as sha256sum writes it.
//
//go:embed digests.txt
var digests string

// Same holds the file that a writer makes of [Sample] against the digest that is written down. The tests run on machines
// of several kinds (.ci/run), so a report has the same bytes on all of them. A change that means to change the file changes
// digests.txt.
func Same(t testing.TB, format string, file []byte) {
	t.Helper()
	sum := sha256.Sum256(file)
	line := hex.EncodeToString(sum[:]) + "  " + format + "\n"
	if !strings.Contains(digests, line) {
		t.Errorf("%s has other bytes than written down in reporttest/digests.txt; now it is\n%s", format, line)
	}
}
