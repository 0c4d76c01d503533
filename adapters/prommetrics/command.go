package prommetrics

import (
	"context"
	"errors"

	"hoso/domain"
)

// outcomes are the values of the label for errors; what is of another kind has failed.
var outcomes = map[domain.Kind]string{
	domain.Rejected: "rejected", domain.Invalid: "invalid", domain.Conflict: "conflict", domain.Stale: "stale",
	domain.NotFound: "not_found", domain.Forbidden: "forbidden", domain.Unavailable: "unavailable",
}

// Command counts a command; it is what [domain.Handler] tells.
func (m *Metrics) Command(r domain.Request, out domain.Outcome, err error) {
	m.commands.WithLabelValues(r.Command.CommandName(), outcomeOf(out, err)).Inc()
}

func outcomeOf(out domain.Outcome, err error) string {
	switch {
	case err == nil && out.Repeated:
		return "repeated"
	case err == nil:
		return "done"
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return "gone" // who sent it did not wait
	}
	if outcome, ok := outcomes[domain.KindOf(err)]; ok {
		return outcome
	}
	return "failed"
}

// Declare has all commands of a catalogue stand at zero from the start, so that a first one is an increase.
func (m *Metrics) Declare(commands []string) {
	for _, c := range commands {
		m.commands.WithLabelValues(c, "done")
	}
}
