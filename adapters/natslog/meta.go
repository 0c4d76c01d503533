package natslog

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Meta is stored as a query string, "actor=…&role=…&…&recorded=…": readable, ASCII whatever the values hold, and
// several times faster to read than JSON, which a replay of the whole log feels. Empty values are left out.

func encodeMeta(m domain.Meta) string {
	var b strings.Builder
	b.Grow(320)
	put := func(key, value string) {
		if value == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(key)
		b.WriteByte('=')
		b.WriteString(value)
	}
	put("actor", url.QueryEscape(m.Actor.ID))
	put("role", url.QueryEscape(m.Actor.Role))
	put("unit", url.QueryEscape(m.Actor.Unit))
	put("command", idText(m.Command))
	put("fingerprint", url.QueryEscape(m.Fingerprint))
	put("correlation", idText(m.Correlation))
	put("causation", idText(m.Causation))
	put("occurred", m.Occurred.String())
	if !m.Recorded.IsZero() {
		put("recorded", m.Recorded.UTC().Format(time.RFC3339Nano))
	}
	return b.String()
}

func decodeMeta(s string) (m domain.Meta, err error) {
	command := ""
	id := func(value string) (uuid.UUID, error) { // correlation and causation are mostly the command's, which is read already
		if value == command && value != "" {
			return m.Command, nil
		}
		return uuid.Parse(value)
	}
	for s != "" && err == nil {
		var pair string
		pair, s, _ = strings.Cut(s, "&")
		key, value, _ := strings.Cut(pair, "=")
		switch key {
		case "actor":
			m.Actor.ID, err = url.QueryUnescape(value)
		case "role":
			m.Actor.Role, err = url.QueryUnescape(value)
		case "unit":
			m.Actor.Unit, err = url.QueryUnescape(value)
		case "command":
			command = value
			m.Command, err = uuid.Parse(value)
		case "fingerprint":
			m.Fingerprint, err = url.QueryUnescape(value)
		case "correlation":
			m.Correlation, err = id(value)
		case "causation":
			m.Causation, err = id(value)
		case "occurred":
			m.Occurred, err = calendar.ParseDate(value)
		case "recorded":
			m.Recorded, err = time.Parse(time.RFC3339Nano, value)
		default:
			err = fmt.Errorf("unknown field %q: use a newer program", key)
		}
	}
	return m, err
}

func idText(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}
