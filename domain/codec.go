package domain

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"hoso/domain/calendar"
)

// Codec turns events into stored bytes and back. What is private is sealed on the way in and stays sealed on the
// way out, until Open.
type Codec struct {
	events map[string]EventType
	keys   Keys
}

// actJSON is how an act stands inside an amendment.
type actJSON struct {
	Occurred calendar.Date   `json:"occurred"`
	Data     json.RawMessage `json:"data"`
}

// amendedSchema is the version in which Corrected and Voided are written. Up to 1 they had no Request.
const amendedSchema = 2

// amendedJSON is how Corrected, Voided and AmendmentRequested are stored. A void has no Now, a request has neither requester nor
// approver: its actor is the requester.
type amendedJSON struct {
	Version   uint64          `json:"version"`
	Type      string          `json:"type"`
	Schema    int             `json:"schema"`
	Was       actJSON         `json:"was"`
	Now       *actJSON        `json:"now,omitempty"`
	Reason    Private[string] `json:"reason"`
	Requester string          `json:"requester,omitempty"`
	Approver  string          `json:"approver,omitempty"`
	Request   uint64          `json:"request,omitempty"`
}

// Encode seals what is private in the event and returns its stored type, schema version and data.
func (c *Codec) Encode(ctx context.Context, e Event) (name string, schema int, data []byte, err error) {
	switch e := e.(type) {
	case Corrected:
		data, err = c.encodeAmended(ctx, e.Amendment, &e.Now)
		return e.EventType(), amendedSchema, data, err
	case Voided:
		data, err = c.encodeAmended(ctx, e.Amendment, nil)
		return e.EventType(), amendedSchema, data, err
	case AmendmentRequested:
		data, err = c.encodeAmended(ctx, e.Amendment, e.Now)
		return e.EventType(), 1, data, err
	}
	switch a := e.(type) {
	case Assigned:
		data, err = json.Marshal(a)
		return e.EventType(), 1, data, err
	case owned:
		data, err = c.marshal(ctx, a, a.Owner())
		return e.EventType(), 1, data, err
	}
	t, ok := c.events[e.EventType()]
	if !ok {
		return "", 0, nil, fmt.Errorf("encode %s: not in the catalogue", e.EventType())
	}
	who := PersonID{}
	if s, ok := e.(Subject); ok {
		who = s.Subject()
	}
	data, err = c.marshal(ctx, e, who)
	return t.Name, t.Schema(), data, err
}

// owned is an event of every case type that may be about nobody: what is private in it is then sealed with the office's key.
type owned interface {
	Event
	Owner() PersonID
}

// marshal works on a copy, so that the caller's event is not changed.
func (c *Codec) marshal(ctx context.Context, v any, who PersonID) ([]byte, error) {
	dup := reflect.New(reflect.TypeOf(v))
	dup.Elem().Set(reflect.ValueOf(v))
	for _, s := range secretsOf(dup) {
		if s.isSealed() || s.unset() {
			continue
		}
		if who.IsZero() {
			return nil, fmt.Errorf("encode %T: a private value without a person to seal it for", v)
		}
		key, err := c.keys.Key(ctx, who)
		if err != nil {
			return nil, err
		}
		a, err := aead(key)
		if err != nil {
			return nil, err
		}
		if err := s.seal(a, who); err != nil {
			return nil, err
		}
	}
	return json.Marshal(dup.Interface())
}

func (c *Codec) encodeAmended(ctx context.Context, a Amendment, now *Act) ([]byte, error) {
	name, schema, was, err := c.Encode(ctx, a.Was.Event)
	if err != nil {
		return nil, err
	}
	w := amendedJSON{a.Version, name, schema, actJSON{a.Was.Occurred, was}, nil, a.Reason, a.Requester, a.Approver, a.Request}
	if now != nil {
		_, _, data, err := c.Encode(ctx, now.Event)
		if err != nil {
			return nil, err
		}
		w.Now = &actJSON{now.Occurred, data}
	}
	return c.marshal(ctx, w, a.owner())
}

// Decode reads a stored event of any schema version that the program knows.
func (c *Codec) Decode(name string, schema int, data []byte) (Event, error) {
	prefix, verb, _ := strings.Cut(name, ".")
	switch verb {
	case "corrected", "voided":
		return c.decodeAmended(prefix, verb, schema, amendedSchema, data)
	case "amendment_requested":
		return c.decodeAmended(prefix, verb, schema, 1, data)
	case "amendment_declined":
		return decodeKernel(schema, data, AmendmentDeclined{Type: prefix})
	case "assigned":
		return decodeKernel(schema, data, Assigned{Type: prefix})
	case "attached":
		return decodeKernel(schema, data, Attached{Type: prefix})
	}
	t, ok := c.events[name]
	if !ok {
		return nil, fmt.Errorf("event %q is not in the catalogue: use a newer program", name)
	}
	return t.decode(schema, data)
}

// decodeKernel reads an event that every case type knows into its zero value, which bears the case type.
func decodeKernel[E Event](schema int, data []byte, e E) (Event, error) {
	if schema != 1 {
		return nil, fmt.Errorf("event %s has schema %d, this program knows 1: use a newer program", e.EventType(), schema)
	}
	if err := decodeStored(data, &e); err != nil {
		return nil, fmt.Errorf("decode %s: %w", e.EventType(), err)
	}
	return e, nil
}

func (c *Codec) decodeAmended(caseType, verb string, schema, known int, data []byte) (Event, error) {
	if schema < 1 || schema > known {
		return nil, fmt.Errorf("event %s.%s has schema %d, this program knows up to %d: use a newer program", caseType, verb, schema, known)
	}
	var w amendedJSON
	if err := decodeStored(data, &w); err != nil {
		return nil, fmt.Errorf("decode %s.%s: %w", caseType, verb, err)
	}
	was, err := c.Decode(w.Type, w.Schema, w.Was.Data)
	if err != nil {
		return nil, err
	}
	a := Amendment{caseType, w.Version, Act{was, w.Was.Occurred}, w.Reason, w.Requester, w.Approver, w.Request}
	switch {
	case verb == "voided":
		return Voided{a}, nil
	case w.Now == nil && verb == "corrected":
		return nil, fmt.Errorf("decode %s.corrected: no new value", caseType)
	case w.Now == nil:
		return AmendmentRequested{Amendment: a}, nil
	}
	now, err := c.Decode(w.Type, w.Schema, w.Now.Data)
	if err != nil {
		return nil, err
	}
	if verb == "corrected" {
		return Corrected{a, Act{now, w.Now.Occurred}}, nil
	}
	return AmendmentRequested{a, &Act{now, w.Now.Occurred}}, nil
}

// Open returns the event with its private values readable, for the few views that need them. A person who was erased
// gives ErrErased.
func (c *Codec) Open(ctx context.Context, e Event) (Event, error) {
	switch a := e.(type) {
	case Corrected:
		var err error
		if a.Amendment, err = c.openAmendment(ctx, a.Amendment); err != nil {
			return e, err
		}
		if a.Now.Event, err = c.Open(ctx, a.Now.Event); err != nil {
			return e, err
		}
		return a, nil
	case Voided:
		var err error
		if a.Amendment, err = c.openAmendment(ctx, a.Amendment); err != nil {
			return e, err
		}
		return a, nil
	case AmendmentRequested:
		would, err := c.Open(ctx, a.would())
		if err != nil {
			return e, err
		}
		if opened, ok := would.(Corrected); ok {
			return AmendmentRequested{opened.Amendment, &opened.Now}, nil
		}
		return AmendmentRequested{Amendment: would.(Voided).Amendment}, nil
	}
	s, ok := e.(Subject)
	if !ok {
		return e, nil
	}
	dup := reflect.New(reflect.TypeOf(e))
	dup.Elem().Set(reflect.ValueOf(e))
	who := s.Subject()
	if d, ok := e.(owned); ok {
		who = d.Owner()
	}
	if err := c.unseal(ctx, who, secretsOf(dup)); err != nil {
		return e, err
	}
	return dup.Elem().Interface().(Event), nil
}

func (c *Codec) openAmendment(ctx context.Context, a Amendment) (Amendment, error) {
	was, err := c.Open(ctx, a.Was.Event)
	if err != nil {
		return a, err
	}
	a.Was.Event = was
	return a, c.unseal(ctx, a.owner(), []secret{&a.Reason})
}

// unseal opens what is sealed, and asks for no key where nothing is.
func (c *Codec) unseal(ctx context.Context, who PersonID, secrets []secret) error {
	secrets = slices.DeleteFunc(secrets, func(s secret) bool { return !s.isSealed() })
	if len(secrets) == 0 {
		return nil
	}
	key, err := c.keys.Key(ctx, who)
	if err != nil {
		return err
	}
	a, err := aead(key)
	if err != nil {
		return err
	}
	for _, s := range secrets {
		if err := s.unseal(a, who); err != nil {
			return err
		}
	}
	return nil
}
