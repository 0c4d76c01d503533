package httpclient

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"hoso/domain"
	"hoso/domain/intake"
)

// Imported is what became of an import.
type Imported struct {
	intake.Summary
	Position domain.Ordinal
}

// result is a line of the answer.
type result struct {
	Refused *intake.Refusal
	Summary *struct {
		Lines, Written, Already, Refused int
		Position                         domain.Ordinal
	}
	Problem *problem
}

// Rehearse sends a file of lines and tells what Import would refuse now. Nothing is recorded.
func (c *Client) Rehearse(ctx context.Context, lines io.Reader, refused func(intake.Refusal)) (Imported, error) {
	return c.lines(ctx, url.Values{"results": {"refused"}, "dry_run": {"true"}}, lines, refused)
}

// Import sends a file of lines and tells of each that was refused. An error says that the import stopped; what was recorded
// stays, and the same file may simply be sent again.
func (c *Client) Import(ctx context.Context, lines io.Reader, refused func(intake.Refusal)) (Imported, error) {
	return c.lines(ctx, url.Values{"results": {"refused"}}, lines, refused)
}

func (c *Client) lines(ctx context.Context, how url.Values, lines io.Reader, refused func(intake.Refusal)) (done Imported, err error) {
	r, err := c.request(ctx, http.MethodPost, []string{"import"}, how, io.NopCloser(lines))
	if err != nil {
		return done, err
	}
	r.Header.Set("Content-Type", "application/jsonl")
	a, err := c.send(r)
	if err != nil {
		return done, err
	}
	defer a.Body.Close()
	in := bufio.NewScanner(a.Body)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		var one result
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			return done, c.broken(ctx, err)
		}
		if one.Refused != nil {
			refused(*one.Refused)
		}
		if s := one.Summary; s != nil {
			done = Imported{intake.Summary{Lines: s.Lines, Written: s.Written, Already: s.Already, Refused: s.Refused}, s.Position}
		}
		switch {
		case one.Problem != nil:
			return done, one.Problem.err()
		case one.Summary != nil:
			return done, nil
		}
	}
	err = in.Err()
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return done, c.broken(ctx, err)
}
