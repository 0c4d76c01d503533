// Package register is the case type of the register of documents and plans (sổ văn bản, chương trình công tác): what the
// office drafts, submits and issues (NĐ 30/2020), and what it plans to do in a coming month. The narrative of the monthly
// report is written from it: the documents issued in the month and in the year, and the work of next month.
//
// A case is one document,
//
//	draft ─▶ drafted ─ submit ─▶ submitted ─ approve ─▶ approved ─ issue ─▶ issued
//	            ▲                 │  │          │                              ▲
//	            │ submit ─ returned ◀┴─ return ─┘                 issue ───────┘  (drafted elsewhere)
//	            └ cancel, until it is issued ─▶ cancelled
//
// or one piece of planned work:
//
//	plan ─▶ planned ─ complete ─▶ done
//	          │ └──── drop ─────▶ dropped
//	          └ move: to another month, any number of times
//
// What the register says is public: subject lines and work are written without personal data. That a number is given
// out only once a year cannot be known to one case; it is checked where the register is read.
package register

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "register",
		Label: domain.Text{Vi: "Văn bản, chương trình công tác", En: "Register of documents and plans"},
		Commands: []domain.CommandType{
			domain.CommandOf[Draft]("Soạn thảo văn bản", "Draft a document"),
			domain.CommandOf[Submit]("Trình văn bản", "Submit"),
			domain.CommandOf[Approve]("Duyệt văn bản", "Approve"),
			domain.CommandOf[Return]("Trả lại để sửa", "Return"),
			domain.CommandOf[Issue]("Ban hành văn bản", "Issue"),
			domain.CommandOf[Cancel]("Hủy dự thảo", "Cancel a draft"),
			domain.CommandOf[Plan]("Đưa vào chương trình công tác", "Plan work"),
			domain.CommandOf[Move]("Chuyển sang tháng khác", "Move to another month"),
			domain.CommandOf[Complete]("Ghi đã hoàn thành", "Complete"),
			domain.CommandOf[Drop]("Đưa ra khỏi chương trình", "Drop"),
		},
		Events: []domain.EventType{
			domain.EventOf[Drafted]("Đã soạn thảo", "Drafted"),
			domain.EventOf[Submitted]("Đã trình", "Submitted"),
			domain.EventOf[Approved]("Đã duyệt", "Approved"),
			domain.EventOf[Returned]("Trả lại để sửa", "Returned"),
			domain.EventOf[Issued]("Đã ban hành", "Issued"),
			domain.EventOf[Cancelled]("Đã hủy dự thảo", "Cancelled"),
			domain.EventOf[Planned]("Đã đưa vào chương trình", "Planned"),
			domain.EventOf[Moved]("Đã chuyển sang tháng khác", "Moved"),
			domain.EventOf[Completed]("Đã hoàn thành", "Completed"),
			domain.EventOf[Dropped]("Đã đưa ra khỏi chương trình", "Dropped"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the document or the work stands.
type Status string

const (
	StatusDrafted   Status = "drafted"
	StatusSubmitted Status = "submitted"
	StatusApproved  Status = "approved"
	StatusReturned  Status = "returned"
	StatusIssued    Status = "issued"
	StatusCancelled Status = "cancelled"
	StatusPlanned   Status = "planned"
	StatusDone      Status = "done"
	StatusDropped   Status = "dropped"
)

// State is what the rules need to know about a case: a document or a piece of work.
type State struct {
	Status   Status        `json:"status"`
	Since    calendar.Date `json:"since"` // of the act before
	Document Document      `json:"document,omitzero"`
	Number   Number        `json:"number,omitempty"`
	Work     Work          `json:"work,omitzero"`
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Draft:
		return Drafted{Document(cmd)}, nil
	case Submit:
		return Submitted(cmd), nil
	case Approve:
		return Approved{}, nil
	case Return:
		return Returned(cmd), nil
	case Issue:
		// What the draft says need not be said again; a subject that changed on the way is.
		return Issued{cmd.document().or(s.Document), cmd.Number}, nil
	case Cancel:
		return Cancelled(cmd), nil
	case Plan:
		return Planned{Work(cmd)}, nil
	case Move:
		return Moved(cmd), nil
	case Complete:
		return Completed(cmd), nil
	case Drop:
		return Dropped(cmd), nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Drafted:
		s.Document = e.Document
		to(StatusDrafted)
	case Submitted:
		to(StatusSubmitted)
	case Approved:
		to(StatusApproved)
	case Returned:
		to(StatusReturned)
	case Issued:
		s.Document, s.Number = e.Document, e.Number
		to(StatusIssued)
	case Cancelled:
		to(StatusCancelled)
	case Planned:
		s.Work = e.Work
		to(StatusPlanned)
	case Moved:
		s.Work.Month = e.Month
		to(StatusPlanned)
	case Completed:
		to(StatusDone)
	case Dropped:
		to(StatusDropped)
	}
	return s
}
