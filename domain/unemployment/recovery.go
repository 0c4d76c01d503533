package unemployment

import "hoso/domain"

var (
	recoveryExceedsPaid = domain.Rule{Code: "unemployment.recovery_exceeds_paid", Law: "TT 28/2015 mẫu 34–36",
		Say: domain.Text{Vi: "số tiền thu hồi vượt số đã chi trả và chưa thu hồi là %d đồng", En: "not more can be recovered than was paid and is not yet to be recovered: %d đồng"}}
	recoveredTooMuch = domain.Rule{Code: "unemployment.recovered_too_much",
		Say: domain.Text{Vi: "số tiền đã thu vượt số còn phải thu hồi là %d đồng", En: "not more can come in than is still to be recovered: %d đồng"}}
)

// allowRecovery keeps a recovery to what was paid.
func allowRecovery(s State, e RecoveryOrdered) error {
	if left := s.Received - s.Recovery; e.Amount > left {
		return recoveryExceedsPaid.Refuse(left)
	}
	return nil
}

func allowRecovered(s State, e Recovered) error {
	if left := s.Recovery - s.Recovered; e.Amount > left {
		return recoveredTooMuch.Refuse(left)
	}
	return nil
}
