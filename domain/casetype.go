package domain

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/google/uuid"

	"hoso/domain/area"
)

// CommandType declares one command of a case type.
type CommandType struct {
	Name   string
	Label  Text
	Own    bool // only the program itself gives it, never an import or a person
	Common bool // every case type knows it: an amendment, an assignment, a document
	goType reflect.Type
}

// CommandOf declares a command.
func CommandOf[C Command](vi, en string) CommandType {
	var zero C
	return CommandType{Name: zero.CommandName(), Label: Text{vi, en}, goType: reflect.TypeFor[C]()}
}

// OwnCommandOf declares a command that only the program itself gives.
func OwnCommandOf[C Command](vi, en string) CommandType {
	c := CommandOf[C](vi, en)
	c.Own = true
	return c
}

// Fields returns what the command declares about its data.
func (c CommandType) Fields() []Field { return Fields(c.goType) }

// Decode reads the data of a command strictly (see [Field]); errors name the field.
func (c CommandType) Decode(data []byte) (Command, error) {
	fields, err := object(data)
	if err != nil {
		return nil, err
	}
	return c.DecodeFields(fields)
}

// DecodeFields is [CommandType.Decode] for data that was taken apart already: the JSON of each field by its name. It empties the
// map.
func (c CommandType) DecodeFields(fields map[string]json.RawMessage) (Command, error) {
	v := reflect.New(c.goType)
	if err := decodeFields(fields, v.Interface(), false); err != nil {
		return nil, err
	}
	prefix, _, _ := strings.Cut(c.Name, ".")
	switch p := v.Interface().(type) {
	case *Correct:
		p.Type = prefix
	case *Void:
		p.Type = prefix
	case *RequestAmendment:
		p.Type = prefix
	case *ApproveAmendment:
		p.Type = prefix
	case *DeclineAmendment:
		p.Type = prefix
	case *Assign:
		p.Type = prefix
	case *Attach:
		p.Type = prefix
	}
	return v.Elem().Interface().(Command), nil
}

// CaseType is everything that the service knows about one kind of case. A folder of domain declares one; forms, API,
// import columns, timeline and figures come from it.
type CaseType struct {
	Name       string // lower case letters
	Label      Text
	Commands   []CommandType
	Events     []EventType
	Steps      []Step // of the work; a case type without them has none
	Indicators []Indicator
	Balances   []Balance
	// Contribute returns what an act adds to the indicators: pure, and from the act alone.
	Contribute func(Act) []Contribution
	// Identify tells the case's id where the data of the command that opens it says so (a person's identity number);
	// pseudonym is a keyed hash. Nil: the request names the case.
	Identify func(command Command, pseudonym func(string) uuid.UUID) (uuid.UUID, bool)
	// Kept is the rule by which law has the dossiers of this type kept for ever, so that the person in one is not erased;
	// its sentence takes the case. Nil: law has them kept for a time, or says nothing.
	Kept *Rule

	rules rules
}

// rules is a Decider of any state.
type rules interface {
	empty() folded
	resume(saved []byte) (Summary, error)
	summarize([]Replayed) Summary
}

// folded is a History of any state.
type folded interface {
	decide(r Request) ([]Event, error)
	outcome(command uuid.UUID) (outcome, bool)
	end() Tail
	state() any
	where() area.Code
	record(e Recorded, act Act)
}

type typed[S any] struct{ d Decider[S] }

type typedHistory[S any] struct {
	d Decider[S]
	h History[S]
}

func (t typed[S]) empty() folded { return &typedHistory[S]{d: t.d} }

func (f *typedHistory[S]) decide(r Request) ([]Event, error) {
	return f.h.decide(f.d, r)
}
func (f *typedHistory[S]) outcome(command uuid.UUID) (outcome, bool) {
	o, ok := f.h.done[command]
	return o, ok
}
func (f *typedHistory[S]) end() Tail                  { return f.h.tail }
func (f *typedHistory[S]) state() any                 { return f.h.State }
func (f *typedHistory[S]) where() area.Code           { return f.h.where() }
func (f *typedHistory[S]) record(e Recorded, act Act) { f.h.record(f.d, e, act) }

// With gives the case type its rules.
func With[S any](t CaseType, d Decider[S]) CaseType {
	t.rules = typed[S]{d}
	return t
}

// Catalog is all case types of a program, and what can be looked up in them.
type Catalog struct {
	Types      []CaseType
	types      map[string]CaseType
	commands   map[string]CommandType
	events     map[string]EventType
	indicators map[string]Indicator
}

// NewCatalog joins case types. It panics where they contradict each other: that is a mistake in the program, and the
// first start, or the first test, shows it.
func NewCatalog(types ...CaseType) *Catalog {
	c := &Catalog{types, map[string]CaseType{}, map[string]CommandType{}, map[string]EventType{}, map[string]Indicator{}}
	for i, t := range types {
		if !isTypeName(t.Name) || t.rules == nil || t.Contribute == nil {
			panic("case type " + t.Name + ": a name of lower case letters, rules and contributions are needed")
		}
		for _, c := range common {
			c.Name, c.Common = t.Name+c.Name, true
			t.Commands = append(t.Commands, c)
		}
		types[i] = t
		put(c.types, t.Name, t)
		for _, cmd := range t.Commands {
			put(c.commands, prefixed(t, cmd.Name), cmd)
		}
		for _, e := range t.Events {
			put(c.events, prefixed(t, e.Name), e)
			if len(fieldsOf(e.goType)) > 0 && !e.goType.Implements(reflect.TypeFor[Subject]()) {
				panic("event " + e.Name + " holds private values and does not say whose: it needs Subject")
			}
		}
		for _, ind := range t.Indicators {
			put(c.indicators, ind.ID, ind)
		}
	}
	for _, t := range types {
		for _, b := range t.Balances {
			c.checkBalance(b)
		}
	}
	return c
}

func (c *Catalog) checkBalance(b Balance) {
	if c.indicators[b.Stock].Measure != Stock {
		panic("a balance is about a stock, not about " + b.Stock)
	}
	for _, id := range append(b.Enter, b.Leave...) {
		if c.indicators[id].Measure != Flow {
			panic("the balance of " + b.Stock + " names " + id + ", which is no flow")
		}
	}
}

func put[T any](m map[string]T, name string, v T) {
	if _, twice := m[name]; twice {
		panic("declared twice: " + name)
	}
	m[name] = v
}

func prefixed(t CaseType, name string) string {
	if !strings.HasPrefix(name, t.Name+".") {
		panic(name + " does not begin with its case type " + t.Name)
	}
	return name
}

// Codec returns the codec for the catalogue's events.
func (c *Catalog) Codec(keys Keys) *Codec { return &Codec{c.events, keys} }

// Type finds a case type.
func (c *Catalog) Type(name string) (CaseType, bool) { t, ok := c.types[name]; return t, ok }

// Command finds a command type.
func (c *Catalog) Command(name string) (CommandType, bool) { t, ok := c.commands[name]; return t, ok }

// Indicator finds an indicator.
func (c *Catalog) Indicator(id string) (Indicator, bool) { i, ok := c.indicators[id]; return i, ok }

// Contributions returns what an event of any case type adds to the figures, and an error where it breaks the
// declaration of an indicator.
func (c *Catalog) Contributions(caseType string, act Act) ([]Contribution, error) {
	t, ok := c.types[caseType]
	if !ok {
		return nil, fmt.Errorf("case type %q is not in the catalogue", caseType)
	}
	cs := t.Contributions(act)
	for _, k := range cs {
		i, ok := c.indicators[k.Indicator]
		if !ok {
			return nil, fmt.Errorf("event %s adds to indicator %q, which nobody declares", act.Event.EventType(), k.Indicator)
		}
		if err := i.check(k); err != nil {
			return nil, fmt.Errorf("event %s: %w", act.Event.EventType(), err)
		}
	}
	return cs, nil
}

// MarshalCommand returns the data of a command as an import line has it: private values in plain text, because the
// line comes from outside, and the person under the given reference. It is for making import files, never for the log.
func MarshalCommand(c Command, person string) (json.RawMessage, error) {
	v := reflect.ValueOf(c)
	out := map[string]any{}
	for _, f := range Fields(v.Type()) {
		field := v.FieldByIndex(f.index)
		if f.Person && field.IsZero() && person != "" {
			out[f.Name] = person
			continue
		}
		if f.Optional && field.IsZero() {
			continue
		}
		if r, ok := field.Interface().(interface{ plain() any }); ok {
			out[f.Name] = r.plain()
			continue
		}
		out[f.Name] = field.Interface()
	}
	return json.Marshal(out)
}

func (p Private[T]) plain() any { v, _ := p.Reveal(); return v }
