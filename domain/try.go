package domain

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"

	"github.com/google/uuid"

	"hoso/domain/calendar"
)

// Try decides a command as Handle would now, and records nothing. What it answers may not hold any more when the command is
// given.
func (h *Handler) Try(ctx context.Context, r Request) ([]Event, error) {
	t, ok := h.catalog.Type(r.Case.Type)
	if !ok {
		return nil, unknownType(r.Case)
	}
	f, err := h.load(ctx, t, r.Case, everything, nobody)
	if err != nil {
		return nil, err
	}
	return f.decide(r)
}

// Possibility is a command of a case, and why it is of no use now; Why is nil where it may be given with the right data.
type Possibility struct {
	Command CommandType
	Why     *Error
}

// outOfTurn are the endings of the codes with which a case type refuses a command whatever its data says.
var outOfTurn = []string{".not_allowed_now", ".already_recorded", ".already_given", ".already_set", ".not_set", ".already_registered", ".not_registered", ".not_linked"}

// Possibilities tells which commands people can give to a case on a day. Those that every case type knows are
// not among them.
func (h *Handler) Possibilities(ctx context.Context, id StreamID, on calendar.Date) (all []Possibility, err error) {
	t, ok := h.catalog.Type(id.Type)
	if !ok {
		return nil, unknownType(id)
	}
	f, err := h.load(ctx, t, id, everything, nobody)
	if err != nil {
		return nil, err
	}
	for _, c := range t.Commands {
		if c.Own || c.Common {
			continue
		}
		p := Possibility{Command: c}
		_, err := f.decide(Request{ID: uuid.New(), Case: id, Command: reflect.Zero(c.goType).Interface().(Command), Occurred: on})
		var why *Error
		if errors.As(err, &why) && (slices.ContainsFunc(outOfTurn, func(end string) bool { return strings.HasSuffix(why.Code, end) }) || why.Code == ErrErased.Code) {
			p.Why = why
		}
		all = append(all, p)
	}
	return all, nil
}
