package httpapi

import (
	"context"
	"mime"
	"net/http"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/google/uuid"

	"hoso/domain"
	"hoso/projections/desk"
)

// commandInput is a command as it comes.
type commandInput struct {
	Case    string `path:"case" maxLength:"200" doc:"Mã hồ sơ, hoặc tham chiếu của cơ quan · the case's id, or a reference of the office"`
	Key     string `header:"Idempotency-Key" required:"true" maxLength:"36" doc:"Mã lệnh (uuid); gửi lại thì giữ nguyên · the command's id; keep it when sending again"`
	IfMatch string `header:"If-Match" maxLength:"30" doc:"ETag của hồ sơ · only if the case is at this version"`
	RawBody []byte `contentType:"application/json"`
}

// Receipt is the answer to a command.
type Receipt struct {
	Case     domain.StreamID `json:"case"`
	Version  uint64          `json:"version" doc:"Of the case after the command"`
	First    uint64          `json:"first" doc:"Version of the command's first event"`
	Position domain.Ordinal  `json:"position,omitempty" doc:"Read with wait_for=position to see the command's effect. Missing where the views are not there yet; the command is recorded all the same"`
}

type commandOutput struct {
	Status   int
	ETag     string `header:"ETag"`
	Location string `header:"Location"`
	Body     Receipt
}

// commands adds one operation for each command that people may give.
func (s *server) commands() {
	for _, t := range s.Catalog.Types {
		for _, c := range t.Commands {
			if !c.Own {
				s.command(t, c)
			}
		}
	}
}

func (s *server) command(t domain.CaseType, c domain.CommandType) {
	_, verb, _ := strings.Cut(c.Name, ".")
	_, registers := t.Identify, verb == "register"
	op := huma.Operation{
		OperationID: c.Name, Method: http.MethodPost, Path: "/cases/" + t.Name + "/{case}/" + verb,
		Summary: c.Label.Vi + " · " + c.Label.En, Tags: []string{t.Name}, DefaultStatus: http.StatusOK,
		MaxBodyBytes: maxBody, BodyReadTimeout: 10 * time.Second, SkipValidateBody: true,
		Middlewares: huma.Middlewares{s.onlyJSON},
		RequestBody: &huma.RequestBody{Required: true},
		Responses: answers(http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity),
	}
	op.Responses["201"] = &huma.Response{Description: "The command opened the case", Content: map[string]*huma.MediaType{
		"application/json": {Schema: s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Receipt](), true, "")}}}
	operation(s, op, func(ctx context.Context, in *commandInput) (*commandOutput, error) {
		id, err := in.id()
		if err != nil {
			return nil, err
		}
		expect, err := versionOf(in.IfMatch)
		if err != nil {
			return nil, err
		}
		r, err := s.Do(ctx, desk.Command{Name: c.Name, Case: in.Case, ID: id, Expect: expect, Body: in.RawBody})
		if err != nil {
			return nil, err
		}
		out := &commandOutput{Status: http.StatusOK, ETag: etag(r.Last), Location: address(r.Case), Body: Receipt{r.Case, r.Last, r.First, r.Position}}
		if r.First == 1 {
			out.Status = http.StatusCreated
		}
		return out, nil
	})
	op.RequestBody.Content["application/json"].Schema = commandSchema(c, !registers) // huma says of raw bytes that they are raw bytes
}

func (in commandInput) id() (uuid.UUID, error) {
	id, err := uuid.Parse(in.Key)
	if err != nil || len(in.Key) != 36 || id == uuid.Nil {
		return uuid.Nil, errWrongKey
	}
	return id, nil
}

// versionOf reads If-Match. A case that is there in any version cannot be asked for: a command says by itself whether it
// opens one.
func versionOf(ifMatch string) (uint64, error) {
	if ifMatch == "" {
		return 0, nil
	}
	digits, quoted := strings.CutPrefix(ifMatch, `"`)
	digits, closed := strings.CutSuffix(digits, `"`)
	n, err := strconv.ParseUint(digits, 10, 64)
	if err != nil || !quoted || !closed || n == 0 {
		return 0, errWrongMatch
	}
	return n, nil
}

func etag(version uint64) string { return `"` + strconv.FormatUint(version, 10) + `"` }

func address(id domain.StreamID) string { return Prefix + "/cases/" + id.Type + "/" + id.ID.String() }

// onlyJSON refuses what is not declared to be JSON: a form of another site cannot declare that.
func (s *server) onlyJSON(ctx huma.Context, next func(huma.Context)) {
	if !declares(ctx.Header("Content-Type"), "application/json") {
		_ = huma.WriteErr(s.api, ctx, http.StatusUnsupportedMediaType, "")
		return
	}
	next(ctx)
}

// declares tells whether content is declared to be of one of some kinds, in UTF-8.
func declares(contentType string, kinds ...string) bool {
	kind, params, err := mime.ParseMediaType(contentType)
	return err == nil && slices.Contains(kinds, kind) && (params["charset"] == "" || strings.EqualFold(params["charset"], "utf-8"))
}

func itoa(n int) string { return strconv.Itoa(n) }
