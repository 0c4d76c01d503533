package natsfeed

import (
	"net/url"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"

	"hoso/domain"
)

const (
	// Stream is the stream of the events.
	Stream = "HOSO_EVENTS"
	// Subjects are those of the events.
	Subjects = "hoso.events."
)

// cursor is the header that tells where in the log an event lies: where the feed goes on. Other programs have no use for it.
const cursor = "Hoso-Cursor"

// withheld is the case type of which others learn that something happened, and not what: logins, rights, hashes of tokens.
const withheld = "account"

// message is an event as others get it.
//
//	ce-specversion  1.0
//	ce-id           the event's id; the same after a copy of the log
//	ce-source       /hoso/<case type>/<case id>
//	ce-type         the event's type: unemployment.filed
//	ce-time         when it was recorded, RFC 3339
//	ce-subject      <case type>-<case id>, as everywhere
//	ce-sequence     its position in the whole log (CloudEvents' extension "sequence")
//	ce-version      its place in its case
//	ce-schema       the version of the data's form
//	ce-occurred     the business date, YYYY-MM-DD
func message(e domain.Recorded, position domain.Ordinal) *nats.Msg {
	m := nats.NewMsg(Subjects + e.Stream.Type + "." + e.Stream.ID.String())
	if e.Stream.Type != withheld {
		m.Data = e.Data
	}
	for name, value := range map[string]string{
		"content-type": "application/json", "ce-specversion": "1.0", "ce-id": e.ID.String(),
		"ce-source": "/hoso/" + e.Stream.Type + "/" + e.Stream.ID.String(), "ce-type": attribute(e.Type), "ce-time": e.Meta.Recorded.UTC().Format(time.RFC3339Nano),
		"ce-subject": e.Stream.String(), "ce-sequence": number(uint64(position)), "ce-version": number(e.Version), "ce-schema": strconv.Itoa(e.Schema),
		"ce-occurred": e.Meta.Occurred.String(), cursor: number(uint64(e.Position)),
	} {
		m.Header[name] = []string{value} // as it is written here: the library would not change its case either
	}
	return m
}

func number(n uint64) string { return strconv.FormatUint(n, 10) }

// attribute keeps a header to one line of ASCII (CloudEvents, NATS binding, 3.1.3.2).
func attribute(s string) string { return url.PathEscape(s) }
