package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"

	"hoso/domain"
)

// MaxLine is how long, in bytes, a line may be.
const MaxLine = 1 << 20

var errTooLong = domain.Malformed("line.too_long", "", "dòng dài quá %d MiB", MaxLine>>20)

// Lines yields the lines of a file by their numbers, from 1, without line ends; lines of spaces are left out. A line
// that is too long is yielded with an error that is line.too_long, and the next line follows. Any other error is
// about reading and ends the sequence. The text is only good until the next one.
func Lines(r io.Reader) iter.Seq2[Numbered, error] {
	return func(yield func(Numbered, error) bool) {
		in := bufio.NewReaderSize(r, 64<<10)
		buf := make([]byte, 0, 4096)
		for n := 1; ; n++ {
			text, long, err := readUpTo(in, buf[:0])
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Numbered{Number: n}, err)
				return
			}
			if n == 1 {
				text = bytes.TrimPrefix(text, []byte("\ufeff")) // as Windows programs like to begin
			}
			l := Numbered{n, bytes.TrimSpace(text)}
			switch {
			case long:
				if !yield(Numbered{Number: n}, errTooLong) {
					return
				}
			case len(l.Text) > 0 && !yield(l, nil):
				return
			}
			if err != nil {
				return
			}
			buf = text
		}
	}
}

// Numbered is the text of a line with its number.
type Numbered struct {
	Number int
	Text   []byte
}

// readUpTo reads a line and tells whether it is too long; what is too much is passed over.
func readUpTo(in *bufio.Reader, text []byte) (_ []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			text = append(text, part...)
		}
		if long = long || len(text) > MaxLine; long {
			text = text[:0]
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return text, long, err
		}
	}
}
