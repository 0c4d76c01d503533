package domain

import "unicode/utf8"

const (
	// MaxEventBytes is the size of an event's data that every log must take.
	MaxEventBytes = 512 << 10
	// MaxMetaBytes is the size of the texts beside the data: the event's type, the actor, the fingerprint. Logs keep
	// them in headers, escaped.
	MaxMetaBytes = 8 << 10
	// MaxAppend is the number of events that every log must take in one Append.
	MaxAppend = 500
	// MaxAppendBytes is the size of an Append's events together, data and texts. EventStoreDB takes 1 MiB in one append,
	// with all that it and its adapter write around them.
	MaxAppendBytes = 640 << 10
)

// ErrTooLarge is returned by Append where an event, or a command's events together, exceed what a log stores at once.
var ErrTooLarge = &Error{Kind: Invalid, Code: "log.too_large", Msg: "dữ liệu của một lần ghi quá lớn"}

// CheckAppend tells why no log takes an Append, nil where every log does. All logs call it before anything else, so
// that what one of them took can be copied to any other. Its errors: ErrTooLarge (more than MaxAppend events, or
// more bytes than one of the limits), log.nothing_to_append, log.malformed (an event's type or schema, a text that is
// no UTF-8) and stream.malformed.
func CheckAppend(stream StreamID, drafts []Draft) error {
	if !isTypeName(stream.Type) {
		return errStream
	}
	if len(drafts) == 0 {
		return &Error{Kind: Internal, Code: "log.nothing_to_append", Msg: "không có gì để ghi"}
	}
	if len(drafts) > MaxAppend {
		return ErrTooLarge
	}
	total := 0
	for _, d := range drafts {
		if err := d.check(); err != nil {
			return err
		}
		total += d.Size()
	}
	if total > MaxAppendBytes {
		return ErrTooLarge
	}
	return nil
}

// Size is what a draft counts towards MaxAppendBytes.
func (d Draft) Size() int {
	n := len(d.Data)
	for _, s := range d.texts() {
		n += len(s)
	}
	return n
}

func (d Draft) texts() [5]string {
	return [...]string{d.Type, d.Meta.Actor.ID, d.Meta.Actor.Role, d.Meta.Actor.Unit, d.Meta.Fingerprint}
}

func (d Draft) check() error {
	if len(d.Data) > MaxEventBytes || d.Size()-len(d.Data) > MaxMetaBytes {
		return ErrTooLarge
	}
	if d.Type == "" || d.Schema < 1 {
		return errMalformed
	}
	for i := range len(d.Type) {
		if d.Type[i] <= ' ' || d.Type[i] > '~' {
			return errMalformed
		}
	}
	for _, s := range d.texts() {
		if !utf8.ValidString(s) {
			return errMalformed
		}
	}
	return nil
}

var errMalformed = &Error{Kind: Internal, Code: "log.malformed", Msg: "sự kiện có tên, phiên bản hoặc thông tin kèm theo không đúng dạng"}
