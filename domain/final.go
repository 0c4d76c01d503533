package domain

// Final marks events that stand for ever: a published report. They are neither corrected nor voided; what they said is
// answered by another event.
type Final interface {
	Event
	Final()
}

var finalAct = Rule{Code: "amend.final", Say: Text{Vi: "việc số %d đã có hiệu lực, không sửa và không hủy được; hãy ghi việc mới thay thế", En: "act %d stands and can be neither corrected nor voided; record a new one that replaces it"}}
