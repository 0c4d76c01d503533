package httpapi

import (
	"bytes"
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hoso/projections/desk"
)

type reportInput struct {
	Question
	Spec      string `query:"spec" maxLength:"60" doc:"Tên mẫu; không nêu là mẫu của tháng đó · name; without it the one of the month"`
	Format    string `query:"format" enum:"json,text,html,docx,xlsx,pdf" default:"json"`
	Published bool   `query:"published" doc:"As it was published, not as it is known"`
	Issue     int    `query:"issue" minimum:"1" doc:"Which publication; without it the latest"`
}

type fileOutput struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Policy      string `header:"Content-Security-Policy"`
	Body        []byte
}

// mediaTypes are those of the formats of reports.
var mediaTypes = map[string]string{
	"json": "application/json",
	"text": "text/plain; charset=utf-8",
	"html": "text/html; charset=utf-8",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pdf":  "application/pdf",
}

func (s *server) reports() {
	content := map[string]*huma.MediaType{}
	for _, kind := range mediaTypes {
		content[kind] = &huma.MediaType{}
	}
	responses := answers(http.StatusNotFound)
	responses["200"] = &huma.Response{Description: "OK", Content: content}
	operation(s, huma.Operation{
		OperationID: "report", Method: http.MethodGet, Path: "/reports/{month}", Tags: []string{"figures"},
		Summary: "Báo cáo tháng · Report of a month", Responses: responses,
	}, func(ctx context.Context, in *reportInput) (*fileOutput, error) {
		var b bytes.Buffer
		if err := s.Write(ctx, &b, in.Format, desk.Which{Spec: in.Spec, Published: in.Published, Issue: in.Issue}, in.of()); err != nil {
			return nil, err
		}
		out := &fileOutput{ContentType: mediaTypes[in.Format], Policy: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox", Body: b.Bytes()}
		if in.Format != "json" && in.Format != "text" && in.Format != "html" {
			out.Disposition = `attachment; filename="bao-cao-` + monthName(in.Month) + "." + in.Format + `"`
		}
		return out, nil
	})
}

// monthName is the month for the name of a file. It was read as one before.
func monthName(m string) string { return clip(m) }
