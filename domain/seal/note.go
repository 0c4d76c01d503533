package seal

import (
	"encoding/base64"
	"strconv"
	"strings"

	"hoso/domain"
)

// Note is a signed checkpoint as text (c2sp.org/tlog-checkpoint):
//
//	hoso
//	49343
//	kQpx3ZtV…=
//
//	— hoso 1b2c3d4e…=
//
// The origin, the number of events, the root in base64, perhaps lines that this program does not read, an empty line,
// signatures. Here only its form is looked at; who has the public key checks the signature.
type Note string

// Size returns the number of events that the note is about, and whether the note has the form of one.
func (n Note) Size() (domain.Ordinal, bool) {
	text, signatures, signed := strings.Cut(string(n), "\n\n")
	lines := strings.Split(text, "\n")
	if !signed || !strings.HasPrefix(signatures, "— ") || len(lines) < 3 || lines[0] == "" {
		return 0, false
	}
	size, err := strconv.ParseUint(lines[1], 10, 63)
	root, bad := base64.StdEncoding.DecodeString(lines[2])
	return domain.Ordinal(size), err == nil && size > 0 && strconv.FormatUint(size, 10) == lines[1] && bad == nil && len(root) == 32
}
