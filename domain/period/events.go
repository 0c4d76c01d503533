package period

import (
	"crypto/sha256"
	"encoding/hex"

	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/calendar"
)

// Series is the reports of one kind of one unit under one calendar: one for each month.
type Series struct {
	Spec     string            `json:"spec"`
	Area     area.Code         `json:"area,omitempty"`
	Calendar calendar.Calendar `json:"calendar" values:"calendar|15-14"`
}

// Opened begins the work on a month.
type Opened struct {
	Series
	Month calendar.Month `json:"month"`
}

// Drafted says that the text is ready.
type Drafted struct {
	Note string `json:"note,omitempty"`
}

// Submitted hands the draft to who approves it.
type Submitted struct {
	By string `json:"by"` // account
}

// Returned sends it back.
type Returned struct {
	Reason string `json:"reason"`
}

// Approved accepts it.
type Approved struct {
	By string `json:"by"` // account
	// Own says that By had the right to approve what he submitted himself. (From version 2 of the event on.)
	Own bool `json:"own,omitempty"`
}

// Digest is the SHA-256 of a publication's content, in hexadecimal digits.
type Digest string

// DigestOf returns the digest of a content.
func DigestOf(content string) Digest {
	sum := sha256.Sum256([]byte(content))
	return Digest(hex.EncodeToString(sum[:]))
}

// Publication is a report as it was signed. Content is the whole report, as the program writes it in JSON; the digest is of
// these bytes. The specification, the parameters of law and the units are those of the program then, by their digests.
type Publication struct {
	Number      string         `json:"number" vi:"Số, ký hiệu" en:"Number"`
	Signer      string         `json:"signer" vi:"Người ký" en:"Signer" hint:"chức danh, họ tên như in trong báo cáo"`
	Position    domain.Ordinal `json:"position" vi:"Vị trí nhật ký" en:"Position"` // the figures say what the log said up to here
	Spec        Digest         `json:"spec_digest" vi:"Dấu của mẫu" en:"Digest of the specification"`
	Areas       Digest         `json:"areas_digest" vi:"Dấu của danh mục đơn vị" en:"Digest of the units"`
	Figures     []Figure       `json:"figures" vi:"Số liệu" en:"Figures"`
	Adjustments []Adjustment   `json:"adjustments,omitempty" vi:"Điều chỉnh" en:"Adjustments"`
	Content     string         `json:"content" vi:"Nội dung" en:"Content"`
	Digest      Digest         `json:"digest" vi:"Dấu" en:"Digest"`
}

// Figure is a figure of the report in its smallest parts; nil where it was not known.
type Figure struct {
	Indicator string `json:"indicator"`
	Value     *int64 `json:"value"`
	YTD       *int64 `json:"ytd"`
}

// Adjustment is what was recorded about an earlier month of the series since its last publication that could say it.
type Adjustment struct {
	Month     calendar.Month `json:"month"`
	Indicator string         `json:"indicator"`
	By        int64          `json:"by"`
}

func (p Publication) publication() Publication { return p }

func (p Publication) issue(signed calendar.Date, reason string) Issue {
	return Issue{p.Number, signed, p.Signer, p.Position, p.Digest, reason}
}

// Published freezes the report.
type Published struct{ Publication }

// Reissued freezes it once more.
type Reissued struct {
	Publication
	Reason string `json:"reason"`
}

// Final implements [domain.Final].
func (Published) Final() {}

// Final implements [domain.Final].
func (Reissued) Final() {}

func (Opened) EventType() string    { return "period.opened" }
func (Drafted) EventType() string   { return "period.drafted" }
func (Submitted) EventType() string { return "period.submitted" }
func (Returned) EventType() string  { return "period.returned" }
func (Approved) EventType() string  { return "period.approved" }
func (Published) EventType() string { return "period.published" }
func (Reissued) EventType() string  { return "period.reissued" }
