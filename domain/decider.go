package domain

import (
	"time"

	"github.com/google/uuid"

	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Command is what somebody asks a case to do. CommandName is "<case type>.<imperative>", a literal on the zero value.
type Command interface{ CommandName() string }

// Act is an event with the date on which it happened: what a case's rules look at.
type Act struct {
	Event    Event
	Occurred calendar.Date
}

// Decider holds the rules of a case type as three pure functions over the state S. The zero S is a case that does
// not exist yet. None of them reads a clock, a log or another case.
type Decider[S any] struct {
	// Decide turns a request's command into events. It answers with at least one event or an error: a command that
	// would change nothing is refused, so that every acknowledged command has left its id in the log.
	Decide func(state S, r Request) ([]Event, error)
	// Allow tells whether an act may follow the state, and why not. Every event of Decide has to pass it, and so has
	// every act that remains after a correction or a void: this is where the rules of the case stand.
	Allow func(state S, act Act) error
	// Evolve applies an act to the state. It never validates and never fails.
	Evolve func(state S, act Act) S
	// Due tells what a case in a state waits for. Nil: for nothing.
	Due func(state S) []Due
	// Unit tells to which administrative unit a case belongs. Nil: to the area, place or commune that its acts name.
	Unit func(state S) area.Code
}

// One makes the Decide of a case type in which every command leads to exactly one event.
func One[S any](decide func(S, Request) (Event, error)) func(S, Request) ([]Event, error) {
	return func(state S, r Request) ([]Event, error) {
		e, err := decide(state, r)
		if err != nil {
			return nil, err
		}
		return []Event{e}, nil
	}
}

// Request is a command with everything around it: to which case, by whom, when.
type Request struct {
	ID          uuid.UUID // of the command; sending it again changes nothing
	Case        StreamID
	Command     Command
	Occurred    calendar.Date
	Actor       Actor
	Expect      uint64    // the version at which the case has to be, unless the command is in it already; 0: any
	Fingerprint string    // keyed hash of the content, so that an id used for something else is noticed
	Correlation uuid.UUID // zero: the command's own id
	Causation   uuid.UUID // zero: the command's own id
}

// Clock tells the time. Only the outermost layer passes time.Now.
type Clock func() time.Time
