package unemployment

import (
	"hoso/domain"
	"hoso/domain/law"
)

var unknownCommand = domain.Rule{Code: "unemployment.unknown_command",
	Say: domain.Text{Vi: "hồ sơ bảo hiểm thất nghiệp không có lệnh này", En: "an unemployment case has no such command"}}

// leadsTo names the events of the commands that are answered by a rule: it asks first whether they may happen now.
var leadsTo = map[string]string{
	"unemployment.withdraw":           "unemployment.withdrawn",
	"unemployment.decide":             "unemployment.decided",
	"unemployment.cancel":             "unemployment.cancelled",
	"unemployment.notify":             "unemployment.notice_received",
	"unemployment.exempt":             "unemployment.notice_exempted",
	"unemployment.miss":               "unemployment.notice_missed",
	"unemployment.suspend":            "unemployment.suspended",
	"unemployment.resume":             "unemployment.resumed",
	"unemployment.terminate":          "unemployment.terminated",
	"unemployment.expire":             "unemployment.expired",
	"unemployment.transfer_out":       "unemployment.transferred_out",
	"unemployment.notify_unclaimed":   "unemployment.unclaimed_notified",
	"unemployment.reserve":            "unemployment.months_reserved",
	"unemployment.support_vocational": "unemployment.vocational_decided",
}

func decide(l *law.Law, s State, r domain.Request) (domain.Event, error) {
	if name := leadsTo[r.Command.CommandName()]; name != "" {
		if err := allowNow(s, name, r.Occurred); err != nil {
			return nil, err
		}
	}
	c, on := s.Claimant, r.Occurred
	switch cmd := r.Command.(type) {
	case File:
		return Filed{Claimant{cmd.Person, cmd.Commune, cmd.Sex}, cmd.BirthYear, cmd.Channel, cmd.Residence, cmd.Paid, cmd.Facts}, nil
	case RequestSupplement:
		return SupplementRequested{c, cmd.Missing}, nil
	case Complete:
		return Completed{c}, nil
	case Withdraw:
		return withdraw(l, s, cmd, on)
	case Refuse:
		return Refused{c, cmd.Reason, cmd.Number, cmd.Ground}, nil
	case Decide:
		return grant(l, s, cmd, on)
	case Collect:
		return Collected{c}, nil
	case Cancel:
		return cancel(l, s, cmd, on)
	case Notify:
		return notify(l, s, cmd, on)
	case Exempt:
		return exempt(l, s, cmd, on)
	case Miss:
		return NoticeMissed{c, cmd.Month}, missable(l, s, cmd.Month, on)
	case Suspend:
		return Suspended{c, cmd.Month}, missable(l, s, cmd.Month, on)
	case Resume:
		return resume(s)
	case Terminate:
		return terminate(l, s, cmd, on)
	case Expire:
		return expire(l, s, on)
	case TransferOut:
		return transferOut(l, s, cmd, on)
	case WithdrawTransfer:
		return TransferWithdrawn{c, s.Transferred}, nil
	case TransferIn:
		return TransferredIn{Claimant{cmd.Person, cmd.Commune, cmd.Sex}, cmd.BirthYear, cmd.From, cmd.Level, cmd.Months, cmd.Paid, cmd.Start, cmd.Referred}, nil
	case Pay:
		return Paid{c, cmd.Month, cmd.Amount}, nil
	case NotifyUnclaimed:
		return unclaimed(l, s, cmd, on)
	case Reserve:
		return reserve(l, s, cmd, on)
	case OrderRecovery:
		return RecoveryOrdered{c, cmd.Amount, cmd.Number, cmd.Reason}, nil
	case Recover:
		return Recovered{c, cmd.Amount}, nil
	case AskVocational:
		return VocationalAsked{Claimant{cmd.Person, cmd.Commune, cmd.Sex}, cmd.BirthYear, cmd.Paid, cmd.Ended}, nil
	case SupportVocational:
		return supportVocational(l, s, cmd, on)
	case CancelVocational:
		return VocationalCancelled{c, cmd.Number}, nil
	}
	return nil, unknownCommand.Refuse()
}
