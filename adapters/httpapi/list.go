package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
	"hoso/projections/search"
	"hoso/projections/worklist"
)

type casesInput struct {
	Type     []string `query:"type" maxItems:"40" doc:"Of these case types"`
	Unit     string   `query:"unit" maxLength:"200" doc:"Mã hoặc tên đơn vị, tính cả các đơn vị bên dưới · code or name of a unit, with all below it"`
	Person   string   `query:"person" maxLength:"36" doc:"Id of a person whom the case names"`
	Step     string   `query:"step" maxLength:"60" doc:"Where the case stands"`
	Assigned string   `query:"assigned" maxLength:"64" doc:"Account; - is nobody"`
	Urgency  string   `query:"urgency" enum:"overdue,soon,later,unset" doc:"Of open cases"`
	Closed   bool     `query:"closed" doc:"All cases, the latest first; without it the open ones, the most urgent first"`
	After    string   `query:"after" maxLength:"60" doc:"next of the page before"`
	Limit    int      `query:"limit" minimum:"1" maximum:"500" default:"50"`
	Wait
}

type casesOutput struct{ Body worklist.Page }

// searchInput is what to look for. It is no part of the address: names and numbers of people must not stand in histories and logs.
type searchInput struct {
	Wait
	Body struct {
		Q     string `json:"q" minLength:"1" maxLength:"200" doc:"Tên, số định danh, mã hoặc tham chiếu hồ sơ · a name, an identity number, an id or reference of a case"`
		Limit int    `json:"limit,omitempty" minimum:"1" maximum:"100" default:"20"`
	}
}

type searchOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         search.Result
}

type amendmentsInput struct{ Wait }

type amendmentsOutput struct {
	Body struct {
		Items []desk.Requested `json:"items"`
	}
}

func (in casesInput) list() (l desk.List, err error) {
	l = desk.List{After: domain.Ordinal(in.WaitFor), Query: worklist.Query{Types: in.Type, Step: in.Step, Assigned: in.Assigned,
		Urgency: worklist.Urgency(in.Urgency), Closed: in.Closed, Limit: in.Limit, After: in.After}}
	if in.Person != "" {
		if l.Person.UUID, err = uuid.Parse(in.Person); err != nil {
			return l, domain.Malformed("person.malformed", "person", "mã người phải là một uuid")
		}
	}
	l.Unit, err = desk.AreaNow(in.Unit)
	return l, err
}

func (s *server) lists() {
	operation(s, huma.Operation{
		OperationID: "cases", Method: http.MethodGet, Path: "/cases", Tags: []string{"cases"},
		Summary: "Danh sách hồ sơ · List of cases", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *casesInput) (*casesOutput, error) {
		l, err := in.list()
		if err != nil {
			return nil, err
		}
		page, err := s.Cases(ctx, l)
		return &casesOutput{page}, err
	})
	operation(s, huma.Operation{
		OperationID: "amendments", Method: http.MethodGet, Path: "/amendments", Tags: []string{"cases"},
		Summary:     "Đề nghị sửa, hủy đang chờ duyệt · Requests to amend that wait for approval",
		Description: "Those that the caller may approve (approve_amendment) or decline (decline_amendment), the oldest first.", Responses: answers(),
	}, func(ctx context.Context, in *amendmentsInput) (*amendmentsOutput, error) {
		all, err := s.Requests(ctx, domain.Ordinal(in.WaitFor))
		out := &amendmentsOutput{}
		out.Body.Items = append([]desk.Requested{}, all...)
		return out, err
	})
	operation(s, huma.Operation{
		OperationID: "search", Method: http.MethodPost, Path: "/search", Tags: []string{"cases"},
		Summary:      "Tìm người và hồ sơ · Search people and cases",
		Description:  "By any spelling: without marks, part of a name. Identity numbers are masked. It records nothing.",
		MaxBodyBytes: 4 << 10, BodyReadTimeout: 10 * time.Second, Middlewares: huma.Middlewares{s.onlyJSON}, Responses: answers(http.StatusUnsupportedMediaType),
	}, func(ctx context.Context, in *searchInput) (*searchOutput, error) {
		if err := s.wait(ctx, in.Wait); err != nil {
			return nil, err
		}
		found, err := s.Search(ctx, in.Body.Q, in.Body.Limit)
		return &searchOutput{noStore, found}, err
	})
}
