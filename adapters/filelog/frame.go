package filelog

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/s2"

	"hoso/domain"
)

const format = "hoso backup 1"

// The kinds of frames. They are never changed.
const (
	kindHeader     = 'h'
	kindCheckpoint = 'c'
	kindKEK        = 'f'
	kindFile       = 'd'
	kindKey        = 'k'
	kindDocument   = 'o'
	kindEvent      = 'e'
	kindTrailer    = 'z'
)

// magic is how every S2 stream begins.
const magic = "\xff\x06\x00\x00S2sTwO"

// maxFrame is more than any frame needs: a document, sealed and with its name.
const maxFrame = domain.MaxDocument + 1<<20

// Header says what a file is a backup of.
type Header struct {
	Format string        `json:"format"`
	Made   time.Time     `json:"made"`
	Log    string        `json:"log"` // its name; a restored log has another one
	To     domain.Cursor `json:"to"`  // the log's head when the backup began: all that was acknowledged before is in it
}

// Trailer says what is in a file.
type Trailer struct {
	Events    uint64 `json:"events"`
	Keys      int    `json:"keys"`                // sealed keys and tombstones
	Documents int    `json:"documents,omitempty"` // older backups have none
	Digest    string `json:"digest"`
}

var (
	errIncomplete = &domain.Error{Kind: domain.Rejected, Code: "backup.incomplete",
		Msg: "tệp sao lưu không trọn vẹn: việc ghi đã bị ngắt hoặc tệp bị cắt; hãy dùng bản khác, hoặc chạy lại hoso backup"}
	errDamaged = &domain.Error{Kind: domain.Rejected, Code: "backup.damaged",
		Msg: "tệp sao lưu bị hỏng: nội dung không khớp với dấu của nó; hãy dùng bản khác"}
	errNoBackup = &domain.Error{Kind: domain.Rejected, Code: "backup.unknown_format",
		Msg: "không phải tệp sao lưu của hoso, hoặc do chương trình mới hơn ghi"}
)

// frames writes frames and their digest.
type frames struct {
	to     *s2.Writer
	digest hash.Hash
	head   []byte
}

func newFrames(w io.Writer) *frames {
	return &frames{to: s2.NewWriter(w, s2.WriterConcurrency(1)), digest: sha256.New()}
}

func (f *frames) put(kind byte, content []byte) error {
	f.head = binary.AppendUvarint(append(f.head[:0], kind), uint64(len(content)))
	for _, b := range [][]byte{f.head, content} {
		_, _ = f.digest.Write(b) // never fails
		if _, err := f.to.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func (f *frames) putJSON(kind byte, v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return f.put(kind, b)
}

func (f *frames) sum() string { return hex.EncodeToString(f.digest.Sum(nil)) }

// scan reads all frames but the trailer, and compares what they are with the trailer. The content is take's until it returns.
func scan(r io.Reader, take func(kind byte, content []byte) error) (t Trailer, err error) {
	packed := bufio.NewReader(r)
	if begin, _ := packed.Peek(len(magic)); !strings.HasPrefix(magic, string(begin)) {
		return t, errNoBackup
	}
	whole := &ended{Reader: packed}
	in := bufio.NewReader(s2.NewReader(whole))
	defer func() { err = whole.unreadable(err) }()
	digest := sha256.New()
	var head, content []byte
	events, keys, documents := uint64(0), 0, 0
	for n := 0; ; n++ {
		kind, err := in.ReadByte()
		if err != nil {
			return t, err
		}
		size, err := binary.ReadUvarint(in)
		if err != nil {
			return t, err
		}
		if size > maxFrame || n == 0 && kind != kindHeader {
			return t, errNoBackup
		}
		if uint64(cap(content)) < size {
			content = make([]byte, size)
		}
		content = content[:size]
		if _, err := io.ReadFull(in, content); err != nil {
			return t, err
		}
		if kind == kindTrailer {
			if json.Unmarshal(content, &t) != nil || t != (Trailer{events, keys, documents, hex.EncodeToString(digest.Sum(nil))}) {
				return t, errDamaged
			}
			if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
				return t, errDamaged
			}
			return t, nil
		}
		head = binary.AppendUvarint(append(head[:0], kind), size)
		_, _ = digest.Write(head)
		_, _ = digest.Write(content)
		switch kind {
		case kindEvent:
			events++
		case kindKey:
			keys++
		case kindDocument:
			documents++
		}
		if err := take(kind, content); err != nil {
			return t, err
		}
	}
}

// ended is a reader that knows whether it has come to its end.
type ended struct {
	io.Reader
	end bool
}

func (r *ended) Read(b []byte) (n int, err error) {
	n, err = r.Reader.Read(b)
	r.end = r.end || errors.Is(err, io.EOF)
	return n, err
}

// unreadable says in words why frames could not be read: what is packed and ends too soon looks like what is damaged.
func (r *ended) unreadable(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errIncomplete
	case !errors.Is(err, s2.ErrCorrupt) && !errors.Is(err, s2.ErrCRC) && !errors.Is(err, s2.ErrUnsupported):
		return err
	case r.end:
		return errIncomplete
	}
	return errDamaged
}
