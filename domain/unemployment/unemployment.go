// Package unemployment is the case type of an unemployment-insurance claim (bảo hiểm thất nghiệp): Luật Việc làm
// 38/2013 Đ41–59 with NĐ 28/2015 and TT 28/2015 until 31/12/2025, Luật Việc làm 74/2025 with NĐ 374/2025 after.
//
//	             ┌─ request_supplement ─▶ incomplete ─ complete ─┐
//	             │                                               ▼
//	file ─────▶ filed ◀──────────────────────────────────────────┘
//	             ├─ withdraw ─▶ withdrawn
//	             ├─ refuse ───▶ refused
//	             └─ decide ───▶ decided ── cancel ─▶ cancelled
//	                              │ collect
//	transfer_in ──────────▶ receiving ◀─ resume ─ suspended
//	                              │ └──── suspend ───▲ │
//	                              ├─ terminate ◀───────┤
//	                              ├─ expire ◀──────────┤
//	                              └─ transfer_out ◀────┘
//
// Notices and payments happen while the benefit is received; what was due before it ended may be paid after.
package unemployment

import (
	"encoding/json"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/law"
	"hoso/domain/money"
)

// Type declares the case type under the law.
func Type(_ *law.Law) domain.CaseType {
	return domain.With(domain.CaseType{
		Name:  "unemployment",
		Label: domain.Text{Vi: "Bảo hiểm thất nghiệp", En: "Unemployment insurance"},
		Commands: []domain.CommandType{
			domain.CommandOf[File]("Nộp hồ sơ đề nghị hưởng", "File a claim"),
			domain.CommandOf[RequestSupplement]("Yêu cầu bổ sung hồ sơ", "Ask for a supplement"),
			domain.CommandOf[Complete]("Bổ sung đủ hồ sơ", "Complete the file"),
			domain.CommandOf[Withdraw]("Rút hồ sơ", "Withdraw"),
			domain.CommandOf[Refuse]("Từ chối hưởng", "Refuse"),
			domain.CommandOf[Decide]("Quyết định hưởng", "Decide"),
			domain.CommandOf[Collect]("Nhận quyết định", "Collect the decision"),
			domain.CommandOf[Cancel]("Hủy quyết định", "Cancel the decision"),
			domain.CommandOf[Notify]("Thông báo tìm kiếm việc làm", "Monthly job-search notice"),
			domain.CommandOf[Suspend]("Tạm dừng hưởng", "Suspend"),
			domain.CommandOf[Resume]("Tiếp tục hưởng", "Resume"),
			domain.CommandOf[Terminate]("Chấm dứt hưởng", "Terminate"),
			domain.CommandOf[Expire]("Hết thời gian hưởng", "Expire"),
			domain.CommandOf[TransferOut]("Chuyển nơi hưởng đi", "Transfer out"),
			domain.CommandOf[TransferIn]("Tiếp nhận chuyển đến", "Transfer in"),
			domain.CommandOf[Pay]("Chi trả trợ cấp", "Pay"),
		},
		Events: []domain.EventType{
			domain.EventOf[Filed]("Nộp hồ sơ", "Filed"),
			domain.EventOf[SupplementRequested]("Yêu cầu bổ sung", "Supplement requested"),
			domain.EventOf[Completed]("Đã bổ sung đủ", "Completed"),
			domain.EventOf[Withdrawn]("Rút hồ sơ", "Withdrawn"),
			domain.EventOf[Refused]("Không đủ điều kiện", "Refused"),
			domain.EventOf[Decided]("Quyết định hưởng", "Decided"),
			domain.EventOf[Collected]("Đã nhận quyết định", "Collected"),
			domain.EventOf[Cancelled]("Hủy quyết định", "Cancelled"),
			domain.EventOf[NoticeReceived]("Thông báo tìm việc", "Notice received"),
			domain.EventOf[Suspended]("Tạm dừng hưởng", "Suspended"),
			domain.EventOf[Resumed]("Tiếp tục hưởng", "Resumed"),
			domain.EventOf[Terminated]("Chấm dứt hưởng", "Terminated"),
			domain.EventOf[Expired]("Hết thời gian hưởng", "Expired"),
			domain.EventOf[TransferredOut]("Chuyển đi", "Transferred out"),
			domain.EventOf[TransferredIn]("Chuyển đến", "Transferred in"),
			domain.EventOf[Paid]("Đã chi trả", "Paid"),
		},
		Indicators: indicators,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(decide), Allow: allow, Evolve: evolve})
}

// Status is where the claim stands.
type Status string

const (
	StatusFiled          Status = "filed"
	StatusIncomplete     Status = "incomplete"
	StatusWithdrawn      Status = "withdrawn"
	StatusRefused        Status = "refused"
	StatusDecided        Status = "decided"
	StatusCancelled      Status = "cancelled"
	StatusReceiving      Status = "receiving"
	StatusSuspended      Status = "suspended"
	StatusTerminated     Status = "terminated"
	StatusExpired        Status = "expired"
	StatusTransferredOut Status = "transferred_out"
)

// State is what the rules need to know about a claim.
type State struct {
	Status    Status        `json:"status"`
	Claimant  Claimant      `json:"claimant"`
	BirthYear int           `json:"birth_year"`
	Opened    calendar.Date `json:"opened"`
	Since     calendar.Date `json:"since"`            // of the status
	Granted   calendar.Date `json:"granted,omitzero"` // the day since which the claimant counts as receiving
	Level     money.VND     `json:"level,omitempty"`
	Months    int           `json:"months,omitempty"`
	Notices   monthSet      `json:"notices,omitempty"`
	Payments  monthSet      `json:"payments,omitempty"`
}

// monthSet is a set of benefit months, 1 to 12, as bits.
type monthSet uint16

func (s monthSet) has(month int) bool      { return s&(1<<month) != 0 }
func (s monthSet) with(month int) monthSet { return s | 1<<month }

// MarshalJSON lists the months: people read the state of a case.
func (s monthSet) MarshalJSON() ([]byte, error) {
	months := []int{}
	for m := 1; m <= 12; m++ {
		if s.has(m) {
			months = append(months, m)
		}
	}
	return json.Marshal(months)
}

func decide(s State, r domain.Request) (domain.Event, error) {
	c := s.Claimant
	switch cmd := r.Command.(type) {
	case File:
		return Filed{Claimant{cmd.Person, cmd.Commune, cmd.Sex}, cmd.BirthYear, cmd.Channel, cmd.Residence, cmd.Paid}, nil
	case RequestSupplement:
		return SupplementRequested{c, cmd.Missing}, nil
	case Complete:
		return Completed{c}, nil
	case Withdraw:
		return Withdrawn{c, cmd.Reason}, nil
	case Refuse:
		return Refused{c, cmd.Reason, cmd.Number}, nil
	case Decide:
		return Decided{c, ageBand(r.Occurred.Year() - s.BirthYear), cmd.Number, cmd.Level, cmd.Months, cmd.Start, cmd.AtMax}, nil
	case Collect:
		return Collected{c}, nil
	case Cancel:
		return Cancelled{c, cmd.Number}, nil
	case Notify:
		return NoticeReceived{c, cmd.Month}, nil
	case Suspend:
		return Suspended{c, cmd.Month}, nil
	case Resume:
		return Resumed{c}, nil
	case Terminate:
		return Terminated{c, cmd.Reason, cmd.Effective}, nil
	case Expire:
		return Expired{c}, nil
	case TransferOut:
		return TransferredOut{c, cmd.To}, nil
	case TransferIn:
		return TransferredIn{Claimant{cmd.Person, cmd.Commune, cmd.Sex}, cmd.BirthYear, cmd.From, cmd.Level, cmd.Months}, nil
	case Pay:
		return Paid{c, cmd.Month, cmd.Amount}, nil
	}
	return nil, domain.Reject("unemployment.unknown_command", "hồ sơ bảo hiểm thất nghiệp không có lệnh này")
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	open := func(c Claimant, birthYear int) { s.Claimant, s.BirthYear, s.Opened = c, birthYear, act.Occurred }
	switch e := act.Event.(type) {
	case Filed:
		open(e.Claimant, e.BirthYear)
		to(StatusFiled)
	case SupplementRequested:
		to(StatusIncomplete)
	case Completed:
		to(StatusFiled)
	case Withdrawn:
		to(StatusWithdrawn)
	case Refused:
		to(StatusRefused)
	case Decided:
		s.Granted, s.Level, s.Months = act.Occurred, e.Level, e.Months
		to(StatusDecided)
	case Collected:
		to(StatusReceiving)
	case Cancelled:
		to(StatusCancelled)
	case NoticeReceived:
		s.Notices = s.Notices.with(e.Month)
	case Suspended:
		to(StatusSuspended)
	case Resumed:
		to(StatusReceiving)
	case Terminated:
		to(StatusTerminated)
	case Expired:
		to(StatusExpired)
	case TransferredOut:
		to(StatusTransferredOut)
	case TransferredIn:
		open(e.Claimant, e.BirthYear)
		s.Granted, s.Level, s.Months = act.Occurred, e.Level, e.Months
		to(StatusReceiving)
	case Paid:
		s.Payments = s.Payments.with(e.Month)
	}
	return s
}
