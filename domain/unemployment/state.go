package unemployment

import (
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
	"hoso/domain/money"
)

// State is what the rules need to know about a claim.
type State struct {
	Status    Status        `json:"status"`
	Claimant  Claimant      `json:"claimant"`
	BirthYear int           `json:"birth_year"`
	Paid      int           `json:"months_paid,omitempty"` // of contributions
	Facts     Facts         `json:"facts,omitzero"`
	Opened    calendar.Date `json:"opened"`
	Full      calendar.Date `json:"full,omitzero"`    // the day on which a supplement made the file full
	Since     calendar.Date `json:"since"`            // of the status
	Granted   calendar.Date `json:"granted,omitzero"` // the day since which the claimant counts as receiving
	Collected calendar.Date `json:"collected,omitzero"`
	Level     money.VND     `json:"level,omitempty"`
	Months    int           `json:"months,omitempty"`
	Start     calendar.Date `json:"start,omitzero"`
	Notices   monthSet      `json:"notices,omitempty"`
	Exempt    monthSet      `json:"exempt,omitempty"`
	Missed    monthSet      `json:"missed,omitempty"`
	Payments  monthSet      `json:"payments,omitempty"`
	Suspended monthSet      `json:"suspended,omitempty"` // neither paid nor reserved
	Unclaimed monthSet      `json:"unclaimed,omitempty"`
	ToldOn    calendar.Date `json:"told_on,omitzero"` // that money is not claimed

	SuspendedFrom int           `json:"suspended_from,omitempty"` // the month, while payment is stopped
	End           calendar.Date `json:"end,omitzero"`
	Keeps         bool          `json:"keeps,omitempty"` // the ground of the end reserves what was not used
	Vague         bool          `json:"vague,omitempty"` // the ground is not known exactly
	Reserved      int           `json:"reserved,omitempty"`

	ReservationDecided bool `json:"reservation_decided,omitempty"`

	Transferred calendar.Date `json:"transferred,omitzero"`
	Before      Status        `json:"before,omitempty"` // the transfer
	Origin      area.Code     `json:"origin,omitempty"` // the province from which the claimant came
	Referred    calendar.Date `json:"referred,omitzero"`

	Received   money.VND `json:"received,omitempty"`
	Recovery   money.VND `json:"recovery,omitempty"`
	Recovered  money.VND `json:"recovered,omitempty"`
	Vocational bool      `json:"vocational,omitempty"` // support is decided
}

// clocked tells whether the case is held to the law's clock: it carries its facts, or says when its months begin.
func (s State) clocked() bool {
	return !s.Start.IsZero() && (s.Facts.recorded() || s.Origin != "")
}

func evolve(s State, act domain.Act) State {
	to := func(status Status) { s.Status, s.Since = status, act.Occurred }
	open := func(c Claimant, birthYear, paid int) {
		s.Claimant, s.BirthYear, s.Paid, s.Opened = c, birthYear, paid, act.Occurred
	}
	switch e := act.Event.(type) {
	case Filed:
		open(e.Claimant, e.BirthYear, e.Paid)
		s.Facts = e.Facts
		to(StatusFiled)
	case SupplementRequested:
		to(StatusIncomplete)
	case Completed:
		s.Full = act.Occurred
		to(StatusFiled)
	case Withdrawn:
		to(StatusWithdrawn)
	case Refused:
		to(StatusRefused)
	case Decided:
		s.Granted, s.Level, s.Months, s.Start, s.Reserved = act.Occurred, e.Level, e.Months, e.Start, e.Reserved
		to(StatusDecided)
	case Collected:
		s.Collected = act.Occurred
		to(StatusReceiving)
	case Cancelled:
		s.Reserved = e.Reserved
		to(StatusCancelled)
	case Suspended:
		s.Missed, s.Suspended, s.SuspendedFrom = s.Missed.with(e.Month), s.Suspended.with(e.Month), e.Month
		to(StatusSuspended)
	case Resumed:
		s.Suspended, s.SuspendedFrom = s.Suspended.from(s.SuspendedFrom, e.Month-1), 0
		to(StatusReceiving)
	case Terminated:
		s = s.ended(e.Effective, monthOf(s.Start, e.Effective))
		s.Keeps, s.Vague, s.Reserved = e.Keeps, e.Ground == "" && e.Reason == "other", e.Reserved
		to(StatusTerminated)
	case Expired:
		end := act.Occurred
		if !s.Start.IsZero() {
			end = benefitMonth(s.Start, s.Months).To
		}
		s = s.ended(end, s.Months)
		s.Reserved = e.Reserved
		to(StatusExpired)
	case TransferredOut:
		s.Before, s.Transferred = s.Status, act.Occurred
		to(StatusTransferredOut)
	case TransferWithdrawn:
		to(s.Before)
		s.Before, s.Transferred = "", 0
	case TransferredIn:
		open(e.Claimant, e.BirthYear, e.Paid)
		s.Granted, s.Level, s.Months, s.Start, s.Origin, s.Referred = act.Occurred, e.Level, e.Months, e.Start, e.From, e.Referred
		to(StatusReceiving)
	case VocationalAsked:
		open(e.Claimant, e.BirthYear, e.Paid)
		s.Facts.Ended = e.Ended
		to(StatusVocational)
	default:
		return evolveWithin(s, act)
	}
	return s
}

// ended closes the benefit; a suspension that was not lifted lasted to the end.
func (s State) ended(end calendar.Date, month int) State {
	if s.SuspendedFrom > 0 {
		s.Suspended = s.Suspended.from(s.SuspendedFrom, min(month, s.Months))
	}
	s.End, s.SuspendedFrom = end, 0
	return s
}

// evolveWithin applies what leaves the case in its status.
func evolveWithin(s State, act domain.Act) State {
	switch e := act.Event.(type) {
	case NoticeReceived:
		s.Notices = s.Notices.with(e.Month)
	case NoticeExempted:
		s.Exempt = s.Exempt.from(e.Month, e.Until)
	case NoticeMissed:
		s.Missed = s.Missed.with(e.Month)
	case Paid:
		s.Payments, s.Received = s.Payments.with(e.Month), s.Received+e.Amount
	case UnclaimedNotified:
		s.Unclaimed, s.ToldOn, s.ReservationDecided = s.Unclaimed.with(e.Month), act.Occurred, false
	case MonthsReserved:
		s.Reserved, s.ReservationDecided = e.Months, true
	case RecoveryOrdered:
		s.Recovery += e.Amount
	case Recovered:
		s.Recovered += e.Amount
	case VocationalDecided:
		s.Vocational = true
	case VocationalCancelled:
		s.Vocational = false
	}
	return s
}
