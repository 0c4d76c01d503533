package httpapi

import (
	"context"
	"errors"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections/desk"
)

// lineKinds are the media types of JSON Lines; none of them is registered.
var lineKinds = []string{"application/jsonl", "application/x-ndjson", "application/jsonlines", "application/x-jsonlines"}

type importInput struct {
	Results     string `query:"results" enum:"all,refused" default:"all" doc:"A result for each line, or only for those refused"`
	DryRun      bool   `query:"dry_run" doc:"Say what would become of each line, and record nothing"`
	ContentType string `header:"Content-Type"`
}

// Result is a line of the answer to an import. The last one is a summary, or says why the import stopped.
type Result struct {
	*intake.Taken
	Refused *intake.Refusal `json:"refused,omitempty"`
	Summary *Summary        `json:"summary,omitempty"`
	Problem *Problem        `json:"problem,omitempty"`
}

// Summary counts the lines of an import.
type Summary struct {
	Lines    int            `json:"lines"`
	Written  int            `json:"written"`
	Already  int            `json:"already"`
	Refused  int            `json:"refused"`
	Position domain.Ordinal `json:"position,omitempty"`
}

func (s *server) importing() {
	lines := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Description: `{"command":"unemployment.file","case":"HS-0041","occurred":"2024-04-03","data":{…}} in each line`}}
	responses := answers(http.StatusUnsupportedMediaType)
	responses["200"] = &huma.Response{Description: "A line for each result, as they come; the last one is the summary", Content: map[string]*huma.MediaType{"application/jsonl": {}}}
	stream(s, huma.Operation{
		OperationID: "import", Method: http.MethodPost, Path: "/import", Tags: []string{"streams"},
		Summary:     "Nhập các việc, mỗi dòng một lệnh · Import commands, one a line",
		Description: "Right lines are not lost because of wrong ones; the same lines again add nothing. Read the answer while sending.",
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/jsonl": lines}}, Responses: responses,
	}, func(ctx context.Context, in *importInput) (func(*wire), error) {
		if !declares(in.ContentType, lineKinds...) {
			return nil, errNotLines
		}
		leave, err := s.enter(ctx, s.gate.imports)
		if err != nil {
			return nil, err
		}
		return func(c *wire) {
			defer leave()
			run := s.Import
			if in.DryRun {
				run = s.Rehearse
			}
			s.take(c, run, in.Results == "all")
		}, nil
	})
}

// importing takes lines, for good or as a rehearsal.
type importing = func(context.Context, io.Reader, func(intake.Taken), func(intake.Refusal)) (desk.Imported, error)

// take imports the body while it comes, and answers while it goes on.
func (s *server) take(c *wire, run importing, all bool) {
	_ = c.rc.EnableFullDuplex() // HTTP/2 is so anyway
	c.start("application/jsonl")
	body := patient{http.MaxBytesReader(c.w, c.r.Body, maxImport), c.rc}
	taken := func(t intake.Taken) {
		if all {
			c.line(Result{Taken: &t})
		}
	}
	done, err := run(c.r.Context(), body, taken, func(r intake.Refusal) { c.line(Result{Refused: &r}) })
	sum := Summary{done.Lines, done.Written, done.Already, done.Refused, done.Position}
	switch long := (*http.MaxBytesError)(nil); {
	case errors.As(err, &long):
		c.line(Result{Problem: c.problemOf(errTooLarge), Summary: &sum})
	case err != nil:
		c.line(Result{Problem: c.problemOf(err), Summary: &sum})
	default:
		c.line(Result{Summary: &sum})
	}
}
