// Package course is the case type of one vocational class (lớp đào tạo) from its enrolment to its end: Luật Giáo dục
// nghề nghiệp 74/2014.
//
//	open ─▶ running ─ close ─▶ closed
//	          │ enlarge, drop, graduate: any number of times
//
// A case is a class and not a trainee (học viên). That is how the work comes to an office: an institution sends the
// decision that opens a class with the number of trainees in it, a note when some have left, and the decision that
// grants certificates to those who passed. 1,801 enrolments of a month are some sixty classes; a case for each trainee
// would ask for two thousand identities that no figure and no decision of the office needs, and that the institution
// keeps. Whoever leaves is counted by the class's level, which is the same for all of it.
//
// On no day have more left or graduated than were enrolled by then, in whatever order this was recorded. Whoever is left
// over when the class closes finished it without a certificate.
package course

import (
	"hoso/domain"
	"hoso/domain/calendar"
)

// Type declares the case type.
func Type() domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "course",
		Label: domain.Text{Vi: "Lớp đào tạo nghề", En: "Vocational class"},
		Commands: []domain.CommandType{
			domain.CommandOf[Open]("Mở lớp, tuyển sinh", "Open a class"),
			domain.CommandOf[Enlarge]("Tuyển sinh bổ sung", "Enrol more"),
			domain.CommandOf[Drop]("Ghi học viên thôi học", "Record drop-outs"),
			domain.CommandOf[Graduate]("Cấp văn bằng, chứng chỉ", "Grant certificates"),
			domain.CommandOf[Close]("Kết thúc lớp", "Close"),
		},
		Events: []domain.EventType{
			domain.EventOf[Opened]("Đã mở lớp", "Opened"),
			domain.EventOf[Enlarged]("Đã tuyển bổ sung", "Enlarged"),
			domain.EventOf[Dropped]("Học viên thôi học", "Dropped"),
			domain.EventOf[Graduated]("Học viên tốt nghiệp", "Graduated"),
			domain.EventOf[Closed]("Đã kết thúc lớp", "Closed"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the class stands.
type Status string

const (
	StatusRunning Status = "running"
	StatusClosed  Status = "closed"
)

// State is what the rules need to know about a class.
type State struct {
	Status Status        `json:"status"`
	Class  Class         `json:"class"`
	Opened calendar.Date `json:"opened"`
	Roll   Roll          `json:"roll,omitempty"`
}

func decide(s State, r domain.Request) (domain.Event, error) {
	switch cmd := r.Command.(type) {
	case Open:
		return Opened{Class{cmd.Institution, cmd.Area, cmd.Level}, cmd.Trade, cmd.Trainees}, nil
	case Enlarge:
		return Enlarged{s.Class, cmd.Trainees}, nil
	case Drop:
		return Dropped{s.Class, cmd.Trainees}, nil
	case Graduate:
		return Graduated{s.Class, cmd.Trainees, cmd.Number}, nil
	case Close:
		return Closed{s.Class}, nil
	}
	return nil, unknownCommand.Refuse()
}

func evolve(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case Opened:
		s.Status, s.Class, s.Opened = StatusRunning, e.Class, act.Occurred
	case Closed:
		s.Status = StatusClosed
	}
	s.Roll = s.Roll.after(act)
	return s
}
