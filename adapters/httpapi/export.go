package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/projections/desk"
)

type exportInput struct {
	Wait
	After uint64 `query:"after" doc:"Events after this position"`
	Until uint64 `query:"until" doc:"Up to this position; without it all that is there when the export begins"`
	Type  string `query:"type" maxLength:"40" doc:"Of these cases"`
}

func (s *server) exporting() {
	responses := answers(http.StatusNotFound)
	responses["200"] = &huma.Response{Description: "An event in each line, in the log's order; what is private is not shown. A line with a problem says that the export stopped",
		Content: map[string]*huma.MediaType{"application/jsonl": {}}}
	stream(s, huma.Operation{
		OperationID: "export", Method: http.MethodGet, Path: "/export", Tags: []string{"streams"},
		Summary: "Xuất các sự kiện · Export events", Responses: responses,
	}, func(ctx context.Context, in *exportInput) (func(*wire), error) {
		events, err := s.Export(ctx, desk.Export{After: domain.Ordinal(in.After), Until: domain.Ordinal(in.Until), Type: in.Type, Wait: domain.Ordinal(in.WaitFor)})
		if err != nil {
			return nil, err
		}
		leave, err := enter(s.gate.exports)
		if err != nil {
			return nil, err
		}
		return func(c *wire) {
			defer leave()
			c.start("application/jsonl")
			for e, err := range events {
				if err != nil {
					c.problem(err)
					break
				}
				if !c.line(e) {
					return
				}
			}
		}, nil
	})
}
