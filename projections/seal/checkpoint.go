package seal

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"hoso/domain"
)

// Checkpoint is a log of some length in 32 bytes.
type Checkpoint struct {
	Size domain.Ordinal
	Root tlog.Hash
}

// String returns the text that is signed.
func (c Checkpoint) String() string { return fmt.Sprintf("%s\n%d\n%s\n", origin, c.Size, c.Root) }

// parse reads what String writes. Lines that follow are another program's.
func parse(text string) (c Checkpoint, err error) {
	lines := strings.SplitN(text, "\n", 4)
	if len(lines) < 4 || lines[0] != origin {
		return c, errBadNote
	}
	if _, err := fmt.Sscanf(lines[1], "%d", &c.Size); err != nil || c.Size == 0 || fmt.Sprint(c.Size) != lines[1] {
		return c, errBadNote
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return c, errBadNote
	}
	return c, nil
}
