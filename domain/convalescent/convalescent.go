// Package convalescent is the case type of one person's right to convalescence (chế độ điều dưỡng phục hồi sức khỏe), year
// after year: NĐ 131/2021 Đ84–87, NĐ 75/2021 Đ6.
//
//	      ┌──────────────── list: the next round ─────────────────┬─────────────┐
//	      ▼                                                       │             │
//	list ─▶ listed ─ approve ─▶ approved ─┬─ attend (group) ─▶ attended         │
//	          │                    ▲      │                       │             │
//	          │                    └──────┼─ allow_again ─────────┘             │
//	          └─ refuse ─▶ refused        └─ pay_home (home) ─▶ paid ───────────┤
//	                        └───────────────────────────────────────────────────┘
//	die (from any) ─▶ died ─ pay_relatives ─▶ settled
//
// The commune lists who is due (form 86), the department approves in a batch or at home (form 68). Who attended less than
// the law's share of a batch may be let attend again, or be paid at home. Where somebody dies who was approved and had
// not convalesced yet, the relatives get what is paid at home: it counts in the amount, and nobody convalesced.
//
// Attendance is recorded here for the right of the person and counts in no figure: batches count their delegates.
package convalescent

import (
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "convalescent",
		Label: domain.Text{Vi: "Chế độ điều dưỡng của một người", En: "A person's right to convalescence"},
		Commands: []domain.CommandType{
			domain.CommandOf[List]("Lập danh sách", "List"),
			domain.CommandOf[Approve]("Phê duyệt", "Approve"),
			domain.CommandOf[Refuse]("Không phê duyệt", "Refuse"),
			domain.CommandOf[Attend]("Đã điều dưỡng tập trung", "Attend a batch"),
			domain.CommandOf[AllowAgain]("Cho điều dưỡng lại hoặc chuyển hình thức", "Allow again, or another way"),
			domain.CommandOf[PayHome]("Chi điều dưỡng tại nhà", "Pay at home"),
			domain.CommandOf[Die]("Người được điều dưỡng chết", "The person died"),
			domain.CommandOf[PayRelatives]("Chi cho thân nhân", "Pay the relatives"),
		},
		Events: []domain.EventType{
			domain.EventOf[Listed]("Đã lập danh sách", "Listed"),
			domain.EventOf[Approved]("Đã phê duyệt", "Approved"),
			domain.EventOf[Refused]("Không được phê duyệt", "Refused"),
			domain.EventOf[Attended]("Đã điều dưỡng tập trung", "Attended"),
			domain.EventOf[AllowedAgain]("Được điều dưỡng lại", "Allowed again"),
			domain.EventOf[PaidHome]("Đã chi điều dưỡng tại nhà", "Paid at home"),
			domain.EventOf[Died]("Đã chết", "Died"),
			domain.EventOf[PaidRelatives]("Đã chi cho thân nhân", "Relatives paid"),
		},
		Steps:      steps,
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{
		Decide: domain.One(decide),
		Allow:  func(s State, act domain.Act) error { return allow(l, s, act) },
		Evolve: func(s State, act domain.Act) State { return evolve(l, s, act) },
	})
}

// Status is where the round stands.
type Status string

const (
	StatusListed   Status = "listed"
	StatusApproved Status = "approved"
	StatusRefused  Status = "refused"
	StatusAttended Status = "attended"
	StatusPaid     Status = "paid"
	StatusDied     Status = "died"
	StatusSettled  Status = "settled"
)

// State is what the rules need to know about a person's right.
type State struct {
	Status   Status        `json:"status"`
	Since    calendar.Date `json:"since"` // of the status
	Entitled Entitled      `json:"entitled"`
	Year     int           `json:"year"`            // of the round
	Form     string        `json:"form,omitempty"`  // approved: group or home
	Rate     money.VND     `json:"rate,omitempty"`  // of that form by the law on the day of the approval; 0 where it is not known
	Taken    int           `json:"taken,omitempty"` // the last year in which the person convalesced or was paid
	Share    int           `json:"share,omitempty"` // of the last batch attended, in per cent
	Owed     bool          `json:"owed,omitempty"`  // died approved, before taking it: the relatives are paid
}

var unknownCommand = domain.Rule{Code: "convalescent.unknown_command",
	Say: domain.Text{Vi: "hồ sơ điều dưỡng không có lệnh này", En: "a right to convalescence knows no such command"}}

func decide(s State, r domain.Request) (domain.Event, error) {
	who := s.Entitled
	switch cmd := r.Command.(type) {
	case List:
		return Listed{Entitled{cmd.Person, cmd.Commune, cmd.Category}, cmd.Year, cmd.Every}, nil
	case Approve:
		return Approved{who, cmd.Form, cmd.Number}, nil
	case Refuse:
		return Refused{who, cmd.Reason}, nil
	case Attend:
		return Attended{who, cmd.Batch, cmd.Days, cmd.Of}, nil
	case AllowAgain:
		return AllowedAgain{who, cmd.Form}, nil
	case PayHome:
		return PaidHome{who, amount(s, cmd.Amount)}, nil
	case Die:
		return Died{who}, nil
	case PayRelatives:
		return PaidRelatives{who, amount(s, cmd.Amount)}, nil
	}
	return nil, unknownCommand.Refuse()
}

// amount returns what is stated, or the rate of the law on the day of the approval.
func amount(s State, stated money.VND) money.VND {
	if stated == 0 {
		return s.Rate
	}
	return stated
}

func evolve(l *law.Law, s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	switch e := act.Event.(type) {
	case Listed:
		s = State{Entitled: e.Entitled, Year: e.Year, Taken: s.Taken}
		to(StatusListed)
	case Approved:
		s.Form, s.Rate = e.Form, rate(l, e.Form, act.Occurred)
		to(StatusApproved)
	case Refused:
		to(StatusRefused)
	case Attended:
		s.Taken, s.Share = s.Year, e.share()
		to(StatusAttended)
	case AllowedAgain:
		s.Form, s.Rate = e.Form, rate(l, e.Form, act.Occurred)
		to(StatusApproved)
	case PaidHome:
		s.Taken = s.Year
		to(StatusPaid)
	case Died:
		s.Owed = s.Status == StatusApproved
		if s.Owed {
			s.Rate = rate(l, "home", s.Since)
		}
		to(StatusDied)
	case PaidRelatives:
		s.Owed = false
		to(StatusSettled)
	}
	return s
}

// rate returns what a form of convalescence is worth by the law of a day; 0 where the files do not say.
func rate(l *law.Law, form string, on calendar.Date) money.VND {
	c, ok := l.Convalescence(on)
	switch {
	case !ok:
		return 0
	case form == "group":
		return c.Group()
	}
	return c.Home()
}
