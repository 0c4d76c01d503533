package domain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"sync"
)

// Upcast turns the stored data of one schema version into that of the next.
type Upcast func(json.RawMessage) (json.RawMessage, error)

// EventType declares one event of a case type: its Go form and how older stored forms become it.
type EventType struct {
	Name    string // the wire name
	Label   Text
	upcasts []Upcast
	goType  reflect.Type
}

// Schema returns the version in which the event is written today: the number of upcasts + 1.
func (t EventType) Schema() int { return len(t.upcasts) + 1 }

// EventOf declares an event. The first upcast leads from schema 1 to 2, and so on.
func EventOf[E Event](vi, en string, upcasts ...Upcast) EventType {
	var zero E
	return EventType{zero.EventType(), Text{vi, en}, upcasts, reflect.TypeFor[E]()}
}

// decode reads stored data of any schema version up to today's. A newer one is an error, never a guess, and so is a
// field that the program does not know.
func (t EventType) decode(schema int, data []byte) (Event, error) {
	if schema < 1 || schema > t.Schema() {
		return nil, fmt.Errorf("event %s has schema %d, this program knows 1 to %d: use a newer program", t.Name, schema, t.Schema())
	}
	for _, up := range t.upcasts[schema-1:] {
		next, err := up(data)
		if err != nil {
			return nil, fmt.Errorf("upcast %s: %w", t.Name, err)
		}
		data = next
	}
	v := reflect.New(t.goType)
	if err := decodeStored(data, v.Interface()); err != nil {
		return nil, fmt.Errorf("decode %s: %w", t.Name, err)
	}
	return v.Elem().Interface().(Event), nil
}

// decodeStored reads one JSON value and nothing after it; a field that ptr does not have is an error.
func decodeStored(data []byte, ptr any) error {
	d := decoders.Get().(*decoder)
	d.rest = data
	begin := d.InputOffset()
	if err := d.Decode(ptr); err != nil {
		return err
	}
	read := d.InputOffset() - begin
	if len(bytes.TrimSpace(data[read:])) > 0 {
		return errors.New("more than one value")
	}
	if read == int64(len(data)) { // it holds nothing that the next value would begin with
		decoders.Put(d)
	}
	return nil
}

// decoders are used again: a new one costs more than what it decodes.
var decoders = sync.Pool{New: func() any {
	d := &decoder{}
	d.Decoder = json.NewDecoder(d)
	d.DisallowUnknownFields()
	return d
}}

// decoder decodes one value after the other; one that has failed is not used again.
type decoder struct {
	*json.Decoder
	rest []byte
}

// Read gives the decoder what is left of a value.
func (d *decoder) Read(p []byte) (int, error) {
	n := copy(p, d.rest)
	if d.rest = d.rest[n:]; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
