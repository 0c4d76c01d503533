package httpapi

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
)

type personInput struct {
	Wait
	Person  string `path:"case" maxLength:"200" doc:"Mã người, hoặc tham chiếu của cơ quan · the person's id, or a reference of the office"`
	Purpose string `query:"purpose" required:"true" enum:"handling,approval,answer,matching,paper,audit,authority" doc:"Xem để làm gì; được ghi lại · what for; it is recorded"`
	Site    string `header:"Sec-Fetch-Site" hidden:"true"`
	For     string `query:"for" maxLength:"60" doc:"Cho hồ sơ nào · for which case: <case type>-<uuid>"`
}

type personOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         desk.Person
}

type readingsInput struct {
	Wait
	Person  string    `query:"person" maxLength:"36" doc:"Id of a person"`
	Case    string    `query:"case" maxLength:"60" doc:"<case type>-<uuid>"`
	Account string    `query:"account" maxLength:"64"`
	From    string    `query:"from" maxLength:"64" doc:"Network address"`
	Since   time.Time `query:"since" doc:"At or after"`
	Until   time.Time `query:"until" doc:"Before"`
	Before  uint64    `query:"before" doc:"next of the page before"`
	Limit   int       `query:"limit" minimum:"1" maximum:"200" default:"200"`
}

func (in readingsInput) search() (s desk.AccessSearch, err error) {
	s = desk.AccessSearch{Account: in.Account, From: in.From, Since: in.Since, Until: in.Until, Before: in.Before, Limit: in.Limit}
	if in.Person != "" {
		if s.Person.UUID, err = uuid.Parse(in.Person); err != nil {
			return s, domain.Malformed("person.malformed", "person", "mã người phải là một uuid")
		}
	}
	if in.Case != "" {
		s.Case, err = domain.ParseStreamID(in.Case)
	}
	return s, err
}

type readingsOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Readings []desk.Reading `json:"readings"`
		Next     uint64         `json:"next,omitempty" doc:"before of the next page"`
	}
}

// noStore keeps personal data out of every cache on the way.
const noStore = "no-store"

func (s *server) persons() {
	operation(s, huma.Operation{
		OperationID: "person", Method: http.MethodGet, Path: "/cases/person/{case}/private", Tags: []string{"persons"},
		Summary:     "Thông tin cá nhân đầy đủ, có ghi lại ai xem · A person in full; the reading is recorded",
		Description: "Nothing is shown where the reading cannot be recorded.", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *personInput) (*personOutput, error) {
		if in.Site == "cross-site" || in.Site == "same-site" { // a link elsewhere would record a reading in the name of who follows it
			return nil, fromElsewhere
		}
		var caseFor domain.StreamID
		if in.For != "" {
			var err error
			if caseFor, err = domain.ParseStreamID(in.For); err != nil {
				return nil, err
			}
		}
		if err := s.wait(ctx, in.Wait); err != nil {
			return nil, err
		}
		p, err := s.PersonNamed(ctx, in.Person, desk.Look{Case: caseFor, Purpose: desk.Purpose(in.Purpose)})
		return &personOutput{noStore, p}, err
	})
	operation(s, huma.Operation{
		OperationID: "readings", Method: http.MethodGet, Path: "/readings", Tags: []string{"persons"},
		Summary: "Ai đã xem thông tin cá nhân của ai · Who saw whose personal data", Responses: answers(),
	}, func(ctx context.Context, in *readingsInput) (*readingsOutput, error) {
		search, err := in.search()
		if err != nil {
			return nil, err
		}
		if err := s.wait(ctx, in.Wait); err != nil {
			return nil, err
		}
		page, err := s.Readings(ctx, search)
		out := &readingsOutput{CacheControl: noStore}
		out.Body.Readings, out.Body.Next = append([]desk.Reading{}, page.Readings...), page.Next
		return out, err
	})
}

var fromElsewhere = &domain.Error{Kind: domain.Forbidden, Code: "access.from_elsewhere",
	Msg: "thông tin cá nhân không mở được từ liên kết của trang khác", En: "personal data is not opened by a link of another site"}
