package web

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/period"
	"hoso/projections/desk"
	"hoso/projections/figures"
	"hoso/projections/periods"
	"hoso/projections/report"
)

// paper is the report of a month: as it is known, or as it was published.
type paper struct {
	Asked question
	report.Report
	Closing standing
	Issue   *periods.Published // that is shown; nil: what is known
	Steps   []step
	Formats []string
	Failing bool
	Today   calendar.Date
	Command uuid.UUID // of the next step: sent twice, it happens once
}

// step is what can be done with the report now, or why not.
type step struct {
	Name   string
	text          // of its button
	Why    string // it is refused; empty: it may be done
	Signed bool   // it needs number and signer
	Reason bool
	Second bool // beside another one
}

// Title implements titled.
func (p paper) Title(l Lang) string {
	return text{"Báo cáo tháng ", "Report of "}.In(l) + p.Asked.Month.Vietnamese()
}

func reportPage(a *Ask) (any, error) { return a.paper() }

func (a *Ask) paper() (p paper, err error) {
	if p.Asked, err = a.question(); err != nil {
		return p, err
	}
	q := p.Asked
	p.Asked.Specs, p.Today, p.Command = a.Specs, calendar.On(a.Clock()), uuid.New()
	spec, err := a.Specs.Find(p.Asked.Spec, q.Month)
	if err != nil {
		return p, err
	}
	if p.Closing, err = a.standing(spec, q); err != nil {
		return p, err
	}
	if p.Issue, err = p.issue(a.FormValue("issue")); err != nil {
		return p, err
	}
	if p.Issue != nil {
		q.AsOf = p.Issue.Position
	}
	if p.Report, err = a.Desk.Linked(a.Context(), spec.Name, q.asks()); err != nil {
		return p, err
	}
	if since, err := a.begun(q); err != nil {
		return p, err
	} else if p.Issue == nil { // what was published stays as it was
		p.Annex = since.compared(p.Annex, q.Month)
	}
	if p.Issue != nil {
		said, err := report.Thaw(p.Issue.Publication)
		if err != nil {
			return p, err
		}
		p.Report = withLinks(said, p.Report)
	}
	p.Failing = slices.ContainsFunc(p.Findings, report.Finding.Fails)
	p.Steps = a.steps(p)
	if a.Desk.Paper != nil {
		p.Formats = []string{"docx", "xlsx", "pdf"}
	}
	return p, nil
}

// issue finds the publication that an address means: by its number, 0 for none; without one the latest, where the question
// is not about some moment.
func (p paper) issue(s string) (*periods.Published, error) {
	if s == "" && p.Asked.Known != "" || s == "0" {
		return nil, nil
	}
	if s == "" {
		return p.Closing.Last, nil
	}
	n, err := strconv.Atoi(s)
	if i := slices.IndexFunc(p.Closing.Issues, func(o periods.Published) bool { return o.Issue == n }); err == nil && i >= 0 {
		return &p.Closing.Issues[i], nil
	}
	return nil, &domain.Error{Kind: domain.NotFound, Code: "period.not_published", Field: "issue", Msg: "không có lần phát hành đó"}
}

// withLinks gives what was said the links of the same text built anew. A text that would be another one today stays as it was.
func withLinks(said, linked report.Report) report.Report {
	link := func(was string, is []string, n int) string {
		if n < len(is) && report.Plain(is[n]) == was {
			return is[n]
		}
		return was
	}
	for i, s := range said.Sections {
		if i >= len(linked.Sections) {
			break
		}
		for n, one := range s.Sentences {
			s.Sentences[n] = link(one, linked.Sections[i].Sentences, n)
		}
		for t, table := range s.Tables {
			for r, row := range table.Rows {
				if t >= len(linked.Sections[i].Tables) || r >= len(linked.Sections[i].Tables[t].Rows) {
					break
				}
				for n, cell := range row {
					row[n] = link(cell, linked.Sections[i].Tables[t].Rows[r], n)
				}
			}
		}
	}
	return said
}

// steps are the next steps of the report, each with why it may not be taken.
func (a *Ask) steps(p paper) (all []step) {
	may := func(step string) string {
		if err := desk.May(a.Context(), periods.CaseType+"."+step, p.Asked.Area); err != nil {
			return said(err, a.Lang)
		}
		return ""
	}
	approve := may("approve")
	if approve == "" && a.Who.Account == p.Closing.State.Submitter && desk.MayApproveOwn(a.Context(), periods.CaseType, p.Asked.Area) != nil {
		approve = text{"bạn là người trình; người duyệt phải khác người trình", "you submitted it; somebody else approves"}.In(a.Lang)
	}
	publish := may("publish")
	if publish == "" && p.Failing {
		publish = text{"số liệu mâu thuẫn; xem phần kiểm tra", "the figures contradict each other; see the checks"}.In(a.Lang)
	}
	switch p.Closing.State.Status {
	case "":
		return []step{{Name: "open", text: text{"Mở kỳ báo cáo", "Open the month"}, Why: may("open")}}
	case period.StatusOpened, period.StatusReturned:
		return []step{{Name: "draft", text: text{"Đã soạn xong", "The draft is ready"}, Why: may("draft")}}
	case period.StatusDrafted:
		return []step{{Name: "submit", text: text{"Trình duyệt", "Submit"}, Why: may("submit")}}
	case period.StatusSubmitted:
		return []step{{Name: "approve", text: text{"Duyệt", "Approve"}, Why: approve}, {Name: "return", text: text{"Trả lại", "Return"}, Why: may("return"), Reason: true, Second: true}}
	case period.StatusApproved:
		return []step{{Name: "publish", text: text{"Phát hành", "Publish"}, Why: publish, Signed: true}, {Name: "return", text: text{"Trả lại", "Return"}, Why: may("return"), Reason: true, Second: true}}
	}
	return []step{{Name: "reissue", text: text{"Phát hành lại", "Reissue"}, Why: publish, Signed: true, Reason: true, Second: true}}
}

// Pieces takes a linked text apart.
func (p paper) Pieces(s string) []report.Piece { return report.Pieces(s) }

// Opens is the address at which a number of the text opens, as it was known to the report.
func (p paper) Opens(c report.Cited, of calendar.Calendar) string {
	m := p.Asked.Month
	if c.Next {
		m = m.Add(1)
	}
	if of == calendar.Civil {
		of = ""
	}
	return p.Asked.Link("/so-lieu/"+c.Indicator, "number", string(c.Number), "part", c.Part, "month", m.String(), "calendar", string(of), "as-of", p.at(), "spec", "")
}

// OpensNumber is the address at which a number of the annex opens.
func (p paper) OpensNumber(indicator, number, part string) string {
	return p.Opens(report.Cited{Indicator: indicator, Number: figures.Which(number), Part: part}, p.Calendar)
}

// at is the position of the report, where that is not now.
func (p paper) at() string {
	if p.Issue == nil && p.Asked.Known == "" {
		return ""
	}
	return fmt.Sprint(uint64(p.Position))
}

// Planned tells whether any figure of the annex has a plan.
func (p paper) Planned() bool {
	return slices.ContainsFunc(p.Annex, func(f figures.Figure) bool { return f.Plan.Known() })
}

// Parts are the parts of a figure that are not zero.
func (p paper) Parts(f figures.Figure) (all []figures.Part) {
	for _, part := range f.Breakdown {
		if part.Value.Quantity != 0 || part.YTD.Quantity != 0 {
			all = append(all, part)
		}
	}
	return all
}

// PartName names a part of a breakdown.
func (p paper) PartName(part figures.Part) string { return report.PartName(part) }

var mediaTypes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pdf":  "application/pdf",
}

// download writes the report that is shown into a file.
func download(a *Ask) (any, error) {
	p, err := a.paper()
	if err != nil {
		return nil, err
	}
	format := a.PathValue("format")
	if mediaTypes[format] == "" || a.Desk.Paper == nil {
		return nil, &domain.Error{Kind: domain.NotFound, Code: "report.no_such_format", Msg: "chỉ có các tệp docx, xlsx, pdf"}
	}
	which := desk.Which{Spec: p.Spec, Published: p.Issue != nil}
	if p.Issue != nil {
		which.Issue = p.Issue.Issue
	}
	var b bytes.Buffer
	if err := a.Desk.Write(a.Context(), &b, format, which, p.Asked.asks()); err != nil {
		return nil, err
	}
	return file{fmt.Sprintf("bao-cao-%s-%s.%s", p.Asked.Month, p.Spec, format), mediaTypes[format], b.Bytes()}, nil
}

// IssueNumber is the issue that is shown, for addresses: "0" for what is known now beside publications.
func (p paper) IssueNumber() string {
	switch {
	case p.Issue != nil:
		return fmt.Sprint(p.Issue.Issue)
	case p.Closing.Last != nil:
		return "0"
	}
	return ""
}

// PublishedAt is the position of the last publication, for an address.
func (p paper) PublishedAt() string {
	if p.Closing.Last == nil {
		return ""
	}
	return fmt.Sprint(uint64(p.Closing.Last.Position))
}
