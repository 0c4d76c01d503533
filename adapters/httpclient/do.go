package httpclient

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// Command is what a case is asked to do.
type Command struct {
	Type   string // case type: unemployment
	Case   string // its id, or any reference of the office
	Name   string // of the command in its case type: file
	ID     uuid.UUID
	Expect uint64 // the version at which the case has to be; 0: any
	On     string // the day on which it happened, YYYY-MM-DD
	Data   any    // what the command says, as JSON
}

// Receipt is the answer to a command; the same each time it is sent.
type Receipt struct {
	Case     domain.StreamID `json:"case"`
	Version  uint64          `json:"version"` // of the case after the command
	First    uint64          `json:"first"`   // version of the command's first event
	Position domain.Ordinal  `json:"position"`
}

// tries is how often a command is sent where the connection breaks or the server cannot answer now.
const tries = 4

// Do gives a command. Without an id it gets one; a caller who may be killed in between chooses the id.
func (c *Client) Do(ctx context.Context, command Command) (r Receipt, err error) {
	body, err := json.Marshal(struct {
		Occurred string `json:"occurred,omitempty"`
		Data     any    `json:"data"`
	}{command.On, command.Data})
	if err != nil {
		return r, err
	}
	if command.ID == uuid.Nil {
		command.ID = uuid.New()
	}
	for wait, n := 100*time.Millisecond, 0; ; wait, n = wait*4, n+1 {
		r, err = c.do(ctx, command, body)
		if k := domain.KindOf(err); err == nil || ctx.Err() != nil || n == tries-1 || k != domain.Unavailable && k != domain.Busy {
			return r, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return r, ctx.Err()
		}
	}
}

func (c *Client) do(ctx context.Context, command Command, body []byte) (r Receipt, err error) {
	request, err := c.request(ctx, http.MethodPost, []string{"cases", command.Type, command.Case, command.Name}, nil, bytes.NewReader(body))
	if err != nil {
		return r, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", command.ID.String())
	if command.Expect != 0 {
		request.Header.Set("If-Match", `"`+strconv.FormatUint(command.Expect, 10)+`"`)
	}
	a, err := c.send(request)
	if err != nil {
		return r, err
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(&r); err != nil {
		return r, c.broken(ctx, err)
	}
	return r, nil
}
