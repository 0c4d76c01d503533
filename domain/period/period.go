// Package period is the case type of a month's report (kỳ báo cáo): its way from being opened to being published, and what
// it said then.
//
//	open ─▶ opened ─ draft ─▶ drafted ─ submit ─▶ submitted ─ approve ─▶ approved ─ publish ─▶ published ◀─┐
//	                             ▲                  │ return                                     └─ reissue ┘
//	                             └── draft ─ returned ◀┘
//
// One case is one month of one report of one unit under one calendar. Publishing freezes the report: the log's position,
// every figure, the words, and a digest of it all. A publication is final: it is neither corrected nor voided. What turns
// out later stands in the next month's report as an adjustment, or in a reissue with a reason, beside the first one.
//
// Only the program publishes: it builds the report itself, so that nobody hands in figures of his own.
package period

import (
	"encoding/json"
	"slices"

	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "period",
		Label: domain.Text{Vi: "Kỳ báo cáo", En: "Report of a month"},
		Commands: []domain.CommandType{
			domain.CommandOf[Open]("Mở kỳ báo cáo", "Open the month"),
			domain.CommandOf[Draft]("Soạn báo cáo", "Draft"),
			domain.CommandOf[Submit]("Trình báo cáo", "Submit"),
			domain.CommandOf[Return]("Trả lại báo cáo", "Return"),
			domain.CommandOf[Approve]("Duyệt báo cáo", "Approve"),
			domain.OwnCommandOf[Publish]("Phát hành báo cáo", "Publish"),
			domain.OwnCommandOf[Reissue]("Phát hành lại báo cáo", "Reissue"),
		},
		Events: []domain.EventType{
			domain.EventOf[Opened]("Đã mở kỳ", "Opened"),
			domain.EventOf[Drafted]("Đã soạn", "Drafted"),
			domain.EventOf[Submitted]("Đã trình", "Submitted"),
			domain.EventOf[Returned]("Trả lại", "Returned"),
			domain.EventOf[Approved]("Đã duyệt", "Approved", func(old json.RawMessage) (json.RawMessage, error) { return old, nil }),
			domain.EventOf[Published]("Đã phát hành", "Published"),
			domain.EventOf[Reissued]("Đã phát hành lại", "Reissued"),
		},
		Steps:      steps,
		Contribute: func(domain.Act) []domain.Contribution { return nil },
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the report stands.
type Status string

const (
	StatusOpened    Status = "opened"
	StatusDrafted   Status = "drafted"
	StatusSubmitted Status = "submitted"
	StatusReturned  Status = "returned"
	StatusApproved  Status = "approved"
	StatusPublished Status = "published"
)

// State is what the rules need to know about a report.
type State struct {
	Status    Status         `json:"status"`
	Since     calendar.Date  `json:"since"`
	Series    Series         `json:"series"`
	Month     calendar.Month `json:"month"`
	Submitter string         `json:"submitter,omitempty"`
	Issues    []Issue        `json:"issues,omitempty"` // the publications, the first one first
}

// Issue is a publication without its content.
type Issue struct {
	Number   string         `json:"number"`
	Signed   calendar.Date  `json:"signed"`
	Signer   string         `json:"signer"`
	Position domain.Ordinal `json:"position"`
	Digest   Digest         `json:"digest"`
	Reason   string         `json:"reason,omitempty"` // of a reissue
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Open:
		return Opened{Series{cmd.Spec, cmd.Area, cmd.Calendar}, cmd.Month}, nil
	case Draft:
		return Drafted(cmd), nil
	case Submit:
		return Submitted{r.Actor.ID}, nil
	case Return:
		return Returned(cmd), nil
	case Approve:
		return Approved{r.Actor.ID, cmd.Own && r.Actor.ID == s.Submitter}, nil
	case Publish:
		return Published(cmd), nil
	case Reissue:
		return Reissued(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Opened:
		s.Series, s.Month = e.Series, e.Month
		to(StatusOpened)
	case Drafted:
		to(StatusDrafted)
	case Submitted:
		s.Submitter = e.By
		to(StatusSubmitted)
	case Returned:
		to(StatusReturned)
	case Approved:
		to(StatusApproved)
	case Published:
		s.Issues = append(slices.Clone(s.Issues), e.issue(act.Occurred, ""))
		to(StatusPublished)
	case Reissued:
		s.Issues = append(slices.Clone(s.Issues), e.issue(act.Occurred, e.Reason))
		to(StatusPublished)
	}
	return s
}
