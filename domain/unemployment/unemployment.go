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
//	                              └─ transfer_out ◀────┘ ── withdraw_transfer ─▶ as before
//
//	ask_vocational ─▶ vocational: somebody who asks for a course and claims no benefit
//
// Notices, exemptions and payments happen while the benefit is received; what was due before it ended may be paid after,
// or is notified as unclaimed, and months of contributions are reserved. Money may be recovered since it was paid.
// Vocational support may be decided in any case that is not open for a decision on its file.
//
// What the law makes of a claim is computed by pure functions, one file each: [governing] says which law, entitled, level,
// duration, firstDay, window, remaining and the like say what follows. The service proposes and a person decides: what is
// left out of a command is computed, and what is stated against it needs a reason. A claim that does not carry its
// [Facts], as imports and old ones do, is taken as it is stated. Corrections have a reason and an approver of their own
// and are held to the order of the case alone.
package unemployment

import (
	"hoso/domain"
	"hoso/domain/law"
)

// Type declares the case type under the law.
func Type(l *law.Law) domain.CaseType {
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
			domain.CommandOf[Exempt]("Miễn thông báo tìm kiếm việc làm", "Exempt from notices"),
			domain.CommandOf[Miss]("Không thông báo tìm kiếm việc làm", "Notice missed"),
			domain.CommandOf[WithdrawTransfer]("Rút đề nghị chuyển nơi hưởng", "Withdraw the transfer"),
			domain.CommandOf[NotifyUnclaimed]("Thông báo không đến nhận tiền", "Money not claimed"),
			domain.CommandOf[Reserve]("Quyết định bảo lưu thời gian đóng", "Reserve months of contributions"),
			domain.CommandOf[OrderRecovery]("Quyết định thu hồi", "Order a recovery"),
			domain.CommandOf[Recover]("Thu hồi tiền", "Money recovered"),
			domain.CommandOf[AskVocational]("Đề nghị hỗ trợ học nghề (không hưởng trợ cấp)", "Ask for vocational support only"),
			domain.CommandOf[SupportVocational]("Quyết định hỗ trợ học nghề", "Decide on vocational support"),
			domain.CommandOf[CancelVocational]("Hủy quyết định hỗ trợ học nghề", "Cancel vocational support"),
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
			domain.EventOf[NoticeExempted]("Miễn thông báo tìm việc", "Exempt from notices"),
			domain.EventOf[NoticeMissed]("Không thông báo tìm việc", "Notice missed"),
			domain.EventOf[TransferWithdrawn]("Rút đề nghị chuyển đi", "Transfer withdrawn"),
			domain.EventOf[UnclaimedNotified]("Không đến nhận tiền", "Money not claimed"),
			domain.EventOf[MonthsReserved]("Bảo lưu thời gian đóng", "Months reserved"),
			domain.EventOf[RecoveryOrdered]("Quyết định thu hồi", "Recovery ordered"),
			domain.EventOf[Recovered]("Đã thu hồi", "Recovered"),
			domain.EventOf[VocationalAsked]("Đề nghị hỗ trợ học nghề", "Vocational support asked for"),
			domain.EventOf[VocationalDecided]("Quyết định hỗ trợ học nghề", "Vocational support decided"),
			domain.EventOf[VocationalCancelled]("Hủy quyết định hỗ trợ học nghề", "Vocational support cancelled"),
		},
		Steps:      steps,
		Indicators: indicators,
		Balances:   balances,
		Contribute: contribute,
	}, domain.Decider[State]{Decide: domain.One(func(s State, r domain.Request) (domain.Event, error) { return decide(l, s, r) }), Allow: allow, Evolve: evolve,
		Due: func(s State) []domain.Due { return Deadlines(l, s) }})
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
	StatusVocational     Status = "vocational"
)
