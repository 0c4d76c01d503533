package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/projections/desk"
)

// Moment is up to when a case is read.
type Moment struct {
	Type    string `path:"type" maxLength:"40"`
	Case    string `path:"case" maxLength:"200" doc:"Mã hồ sơ, hoặc tham chiếu của cơ quan · the case's id, or a reference of the office"`
	Version uint64 `query:"version" doc:"Up to this version of the case"`
	AsOf    string `query:"as_of" maxLength:"40" doc:"As known at a position (17), a day (2024-04-30) or a time (RFC 3339)"`
	On      string `query:"on" maxLength:"10" doc:"Up to a day, by the day of the acts"`
	Wait
}

func (m Moment) of() desk.Moment {
	return desk.Moment{Version: m.Version, AsOf: m.AsOf, On: m.On, After: domain.Ordinal(m.WaitFor)}
}

// past tells whether something else than the present is asked for.
func (m Moment) past() bool { return m.Version != 0 || m.AsOf != "" || m.On != "" }

type caseInput struct {
	Moment
	IfNoneMatch string `header:"If-None-Match" maxLength:"100"`
}

// CaseState is a case as its rules see it.
type CaseState struct {
	Case     domain.StreamID `json:"case"`
	Type     string          `json:"type"`
	Unit     area.Code       `json:"unit,omitempty" doc:"Administrative unit to which it belongs"`
	Version  uint64          `json:"version"`
	Position domain.Ordinal  `json:"position" doc:"Of the last event"`
	State    json.RawMessage `json:"state" doc:"What is private is not shown"`
}

type caseOutput struct {
	Status int
	ETag   string `header:"ETag"`
	Body   CaseState
}

type historyOutput struct {
	ETag string `header:"ETag"`
	Body desk.Case
}

func (s *server) cases() {
	operation(s, huma.Operation{
		OperationID: "case", Method: http.MethodGet, Path: "/cases/{type}/{case}", Tags: []string{"cases"},
		Summary: "Trạng thái của một hồ sơ · State of a case", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *caseInput) (*caseOutput, error) {
		c, err := s.Case(ctx, in.Type, in.Case, in.of())
		if err != nil {
			return nil, err
		}
		out := &caseOutput{Status: http.StatusOK, ETag: in.etag(c.Version)}
		if in.IfNoneMatch != "" && in.IfNoneMatch == out.ETag {
			out.Status = http.StatusNotModified
		}
		out.Body = CaseState{c.Case, c.Type, c.Unit, c.Version, c.Events[len(c.Events)-1].Position, c.State}
		return out, nil
	})
	operation(s, huma.Operation{
		OperationID: "history", Method: http.MethodGet, Path: "/cases/{type}/{case}/history", Tags: []string{"cases"},
		Summary: "Diễn biến của một hồ sơ · What happened in a case", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *Moment) (*historyOutput, error) {
		c, err := s.Case(ctx, in.Type, in.Case, in.of())
		if err != nil {
			return nil, err
		}
		return &historyOutput{in.etag(c.Version), c}, nil
	})
}

// etag returns the version for If-Match; nothing for a case as it was, which nobody can act on.
func (m Moment) etag(version uint64) string {
	if m.past() {
		return ""
	}
	return `"` + strconv.FormatUint(version, 10) + `"`
}
