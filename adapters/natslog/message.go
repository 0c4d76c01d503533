package natslog

import (
	"fmt"
	"strconv"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"

	"hoso/domain"
)

// The stored form of an event: its data is the message's body, untouched; everything else stands in these headers.
// They are never renamed. Headers are ASCII.
const (
	headerID      = "Hoso-Id"
	headerType    = "Hoso-Type"
	headerSchema  = "Hoso-Schema"
	headerVersion = "Hoso-Version" // the event's place in its case: 1, 2, 3…
	headerMeta    = "Hoso-Meta"    // see meta.go
)

const (
	// maxHeader holds domain.MaxMetaBytes of texts, three times as long when escaped, and what is as long as it is. The
	// server's own limit is 64 KiB, and it adds some.
	maxHeader  = 48 << 10
	maxMessage = domain.MaxEventBytes + maxHeader
)

// encode returns the message of an event that passed domain.CheckAppend, and its size. It does not keep the draft's data from being changed later:
// the caller has to leave it alone until Append returns.
func encode(subject string, version uint64, d domain.Draft) (*nats.Msg, int) {
	meta := encodeMeta(d.Meta)
	return &nats.Msg{Subject: subject, Data: d.Data, Header: nats.Header{
		headerID:      {d.ID.String()},
		headerType:    {d.Type},
		headerSchema:  {strconv.Itoa(d.Schema)},
		headerVersion: {strconv.FormatUint(version, 10)},
		headerMeta:    {meta},
	}}, len(d.Type) + len(meta) + 256 + len(subject) + len(d.Data)
}

// decode reads what encode made, at its place in the log. Anything unexpected is an error, never a guess.
func decode(subject string, seq uint64, h nats.Header, data []byte) (domain.Recorded, error) {
	r, err := decodeParts(subject, h)
	if err != nil {
		return domain.Recorded{}, fmt.Errorf("read event at position %d: %w", seq, err)
	}
	r.Position = domain.Cursor(seq)
	r.Data = data
	return r, nil
}

func decodeParts(subject string, h nats.Header) (r domain.Recorded, err error) {
	if r.Stream, err = streamOf(subject); err != nil {
		return r, err
	}
	if r.ID, err = uuid.Parse(first(h, headerID)); err != nil {
		return r, fmt.Errorf("%s: %w", headerID, err)
	}
	if r.Type = first(h, headerType); r.Type == "" {
		return r, fmt.Errorf("%s: missing", headerType)
	}
	if r.Schema, err = strconv.Atoi(first(h, headerSchema)); err != nil {
		return r, fmt.Errorf("%s: %w", headerSchema, err)
	}
	if r.Version, err = strconv.ParseUint(first(h, headerVersion), 10, 64); err != nil {
		return r, fmt.Errorf("%s: %w", headerVersion, err)
	}
	if r.Meta, err = decodeMeta(first(h, headerMeta)); err != nil {
		return r, fmt.Errorf("%s: %w", headerMeta, err)
	}
	return r, nil
}

func first(h nats.Header, key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}
