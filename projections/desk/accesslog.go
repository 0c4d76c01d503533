package desk

import (
	"context"
	"time"

	"hoso/domain"
)

// AccessLog keeps who saw whose personal data in full, when, from where and what for. It stands beside the cases' log and never
// in it: reading a case is no act of the case.
//
// Whoever shows personal data records that first and shows nothing where it cannot be recorded. There is no way to change
// or remove a reading. It names people by their ids alone, so that the erasure of a person leaves it as it is.
//
// All methods may be called from many goroutines at once.
type AccessLog interface {
	// Record adds readings, all or none. Success means that they are durable: they survive a killed process and a lost
	// power supply. The log gives them their numbers and their time. After an error nobody knows whether they were
	// recorded; recording them again is then right, since a reading too many accuses nobody of what he did not ask for.
	// Its errors: access.malformed (nothing was recorded), and access.unavailable.
	Record(ctx context.Context, readings ...Reading) error
	// Find returns readings, the latest first. What Record acknowledged before the call is among them.
	Find(ctx context.Context, s AccessSearch) (AccessPage, error)
}

// Reading is somebody seeing one person's data in full.
type Reading struct {
	Number  uint64    `json:"number"` // 1, 2, 3… without a gap; given by the log
	At      time.Time `json:"at"`     // UTC, whole microseconds; given by the log
	Account string    `json:"account"`
	Role    string    `json:"role,omitempty"` // with the unit: the right that allowed it
	Unit    string    `json:"unit,omitempty"`
	Via     string    `json:"via,omitempty"`  // how the account was recognised: password, oidc, token, console
	From    string    `json:"from,omitempty"` // network address

	Person  domain.PersonID `json:"person,omitzero"` // none where it was a document of a case about nobody
	Case    domain.StreamID `json:"case,omitzero"`   // for which case; none where the person alone was looked up
	Purpose Purpose         `json:"purpose"`
}

// Purpose is what somebody reads a person's data for. The set is closed: a reason in free words would itself hold personal
// data, and the case says the rest.
type Purpose string

// The purposes.
const (
	ForHandling  Purpose = "handling"  // to work on the case
	ForApproval  Purpose = "approval"  // to decide on what somebody else filed
	ForAnswer    Purpose = "answer"    // to answer the person, or who speaks for the person
	ForMatching  Purpose = "matching"  // to tell whether two are the same person
	ForPaper     Purpose = "paper"     // for a decision, a receipt, a list of payments
	ForAudit     Purpose = "audit"     // to inspect how the office worked
	ForAuthority Purpose = "authority" // for another authority that may ask for it
)

var purposes = map[Purpose]domain.Text{
	ForHandling:  {Vi: "giải quyết hồ sơ", En: "handling the case"},
	ForApproval:  {Vi: "xem xét để duyệt", En: "approval"},
	ForAnswer:    {Vi: "trả lời người dân", En: "answering the person"},
	ForMatching:  {Vi: "đối chiếu trùng người", En: "telling people apart"},
	ForPaper:     {Vi: "lập giấy tờ, danh sách chi trả", En: "papers and lists of payments"},
	ForAudit:     {Vi: "thanh tra, kiểm tra", En: "audit"},
	ForAuthority: {Vi: "cung cấp cho cơ quan có thẩm quyền", En: "for another authority"},
}

// Purposes returns all purposes, in the order in which people are shown them.
func Purposes() []Purpose {
	return []Purpose{ForHandling, ForApproval, ForAnswer, ForMatching, ForPaper, ForAudit, ForAuthority}
}

// Label returns what people call the purpose.
func (p Purpose) Label() domain.Text { return purposes[p] }

// Known tells whether there is such a purpose.
func (p Purpose) Known() bool { return purposes[p].Vi != "" }

// AccessSearch asks for readings. What is unset does not narrow it.
type AccessSearch struct {
	Person  domain.PersonID
	Case    domain.StreamID
	Account string
	From    string
	Since   time.Time // at or after
	Until   time.Time // before
	Before  uint64    // only readings with a smaller number: AccessPage.Next
	Limit   int       // at most MaxAccessPage; 0: that
}

// MaxAccessPage is how many readings stand on a page at most.
const MaxAccessPage = 200

// AccessPage is a part of the readings that were found.
type AccessPage struct {
	Readings []Reading
	Next     uint64 // AccessSearch.Before of the next page; 0: there is none
}
