package httpapi

import (
	"bytes"
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hoso/domain"
	"hoso/projections/desk"
)

// uploading is how long a document may take to come.
const uploading = 2 * time.Minute

// atOnce is how many documents are taken in or given out at once: each takes some 30 MB of memory.
const atOnce = 8

type attachInput struct {
	Type        string `path:"type" maxLength:"40"`
	Case        string `path:"case" maxLength:"200" doc:"Mã hồ sơ, hoặc tham chiếu của cơ quan · the case's id, or a reference of the office"`
	Key         string `header:"Idempotency-Key" required:"true" maxLength:"36" doc:"Mã lệnh (uuid); gửi lại thì giữ nguyên · the command's id; keep it when sending again"`
	IfMatch     string `header:"If-Match" maxLength:"30" doc:"ETag của hồ sơ · only if the case is at this version"`
	ContentType string `header:"Content-Type" hidden:"true"`
	RawBody     []byte `contentType:"multipart/form-data"`
}

type documentsInput struct {
	Type    string `path:"type" maxLength:"40"`
	Case    string `path:"case" maxLength:"200"`
	WaitFor uint64 `query:"wait_for" doc:"Wait until the views have passed this position"`
}

type documentsOutput struct {
	Body struct {
		Documents []desk.Attachment `json:"documents"`
	}
}

type documentInput struct {
	Type    string `path:"type" maxLength:"40"`
	Case    string `path:"case" maxLength:"200"`
	Version uint64 `path:"version" doc:"Of the act that attached the document"`
	WaitFor uint64 `query:"wait_for" doc:"Wait until the views have passed this position"`
	Purpose string `query:"purpose" required:"true" enum:"handling,approval,answer,matching,paper,audit,authority" doc:"Xem để làm gì; được ghi lại · what for; it is recorded"`
	Site    string `header:"Sec-Fetch-Site" hidden:"true"`
}

type documentOutput struct {
	ContentType  string `header:"Content-Type"`
	Disposition  string `header:"Content-Disposition"`
	Digest       string `header:"Repr-Digest"`
	Policy       string `header:"Content-Security-Policy"`
	Sniff        string `header:"X-Content-Type-Options"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (s *server) documents() {
	s.attaching()
	operation(s, huma.Operation{
		OperationID: "documents", Method: http.MethodGet, Path: "/cases/{type}/{case}/documents", Tags: []string{"documents"},
		Summary: "Tài liệu đính kèm của một hồ sơ · Documents attached to a case", Responses: answers(http.StatusNotFound),
	}, func(ctx context.Context, in *documentsInput) (*documentsOutput, error) {
		all, err := s.Documents(ctx, in.Type, in.Case, domain.Ordinal(in.WaitFor))
		out := &documentsOutput{}
		out.Body.Documents = all
		return out, err
	})
	responses := answers(http.StatusNotFound)
	responses["200"] = &huma.Response{Description: "The bytes as they were attached, to be kept and never shown", Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}}}
	operation(s, huma.Operation{
		OperationID: "document", Method: http.MethodGet, Path: "/cases/{type}/{case}/documents/{version}/content", Tags: []string{"documents"},
		Summary:     "Nội dung một tài liệu, có ghi lại ai xem · A document in full; the reading is recorded",
		Description: "Nothing is given out where the reading cannot be recorded.", Responses: responses, Middlewares: huma.Middlewares{s.fewDocuments},
	}, func(ctx context.Context, in *documentInput) (*documentOutput, error) {
		if in.Site == "cross-site" || in.Site == "same-site" { // a link elsewhere would record a reading in the name of who follows it
			return nil, fromElsewhere
		}
		p, err := s.Document(ctx, desk.DocumentLook{Type: in.Type, Case: in.Case, Version: in.Version, After: domain.Ordinal(in.WaitFor), Purpose: desk.Purpose(in.Purpose)})
		if err != nil {
			return nil, err
		}
		return &documentOutput{p.Media, p.Disposition(), p.ReprDigest(), desk.SandboxPolicy, "nosniff", noStore, p.Content}, nil
	})
}

func (s *server) attaching() {
	op := huma.Operation{
		OperationID: "attach", Method: http.MethodPost, Path: "/cases/{type}/{case}/documents", Tags: []string{"documents"},
		Summary:      "Đính kèm tài liệu · Attach a document",
		Description:  "PDF, PNG, JPEG, DOCX or XLSX without macros, up to 10 MB. It is sealed with its person's key before it is stored, and durable before the answer. To withdraw it void the act.",
		MaxBodyBytes: desk.MaxForm, BodyReadTimeout: uploading, SkipValidateBody: true,
		Middlewares: huma.Middlewares{s.onlyForms, s.fewDocuments},
		RequestBody: &huma.RequestBody{Required: true},
		Responses: answers(http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed, http.StatusRequestEntityTooLarge,
			http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity),
	}
	op.Responses["200"] = &huma.Response{Description: "The document is attached", Content: map[string]*huma.MediaType{
		"application/json": {Schema: s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Receipt](), true, "")}}}
	operation(s, op, func(ctx context.Context, in *attachInput) (*commandOutput, error) {
		u, err := desk.ReadForm(in.ContentType, bytes.NewReader(in.RawBody))
		if err != nil {
			return nil, err
		}
		u.Type, u.Case = in.Type, in.Case
		if u.ID, err = (commandInput{Key: in.Key}).id(); err != nil {
			return nil, err
		}
		if u.Expect, err = versionOf(in.IfMatch); err != nil {
			return nil, err
		}
		r, err := s.Attach(ctx, u)
		if err != nil {
			return nil, err
		}
		return &commandOutput{Status: http.StatusOK, ETag: etag(r.Last), Location: address(r.Case) + "/documents/" + strconv.FormatUint(r.Last, 10) + "/content",
			Body: Receipt{r.Case, r.Last, r.First, r.Position}}, nil
	})
	text := &huma.Schema{Type: huma.TypeString}
	kinds := &huma.Schema{Type: huma.TypeString}
	for _, k := range domain.DocumentKinds() {
		kinds.Enum = append(kinds.Enum, k)
	}
	op.RequestBody.Content["multipart/form-data"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, Required: []string{"kind", "file"}, Properties: map[string]*huma.Schema{
		"kind": kinds, "title": text, "person": {Type: huma.TypeString, Format: "uuid", Description: "Whose it is, where the case is about several people"},
		"file": {Type: huma.TypeString, Format: "binary"}}}}
}

// onlyForms refuses, before anything of the body is read, who may attach nothing, and what is no form.
func (s *server) onlyForms(ctx huma.Context, next func(huma.Context)) {
	err := desk.MaySomewhere(ctx.Context(), ctx.Param("type")+".attach")
	if err == nil {
		err = desk.IsForm(ctx.Header("Content-Type"))
	}
	if err != nil {
		_ = huma.WriteErr(s.api, ctx, problemOf(err, false).Status, "", &failed{err, s.log})
		return
	}
	next(ctx)
}

// fewDocuments bounds the memory that documents take at once.
func (s *server) fewDocuments(ctx huma.Context, next func(huma.Context)) {
	leave, err := s.enter(ctx.Context(), s.gate.documents)
	if err != nil {
		_ = huma.WriteErr(s.api, ctx, problemOf(err, false).Status, "", &failed{err, s.log})
		return
	}
	defer leave()
	next(ctx)
}
