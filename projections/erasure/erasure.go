// Package erasure writes the certificate that a person's data were erased: what an office hands out, and keeps.
//
// It names nobody: after the erasure there is nobody to name. It says where in the log the erasure stands and what its
// record is, so that whoever has the certificate can have it proven (hoso prove).
package erasure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/person"
)

// Certificate says that the data of a person can be read by nobody any more.
type Certificate struct {
	Person   domain.PersonID `json:"person"`
	Ground   string          `json:"ground"` // request, retention_over, court
	Law      string          `json:"law"`    // on which the ground rests, as in force on the day of the erasure
	Occurred calendar.Date   `json:"occurred"`
	Recorded time.Time       `json:"recorded"`
	By       domain.Actor    `json:"by"`
	Position domain.Ordinal  `json:"position"` // of the erasure in the log
	Event    uuid.UUID       `json:"event"`
	Record   string          `json:"record_sha256"` // of the event's record, which a proof holds
	Sealed   domain.Ordinal  `json:"sealed"`        // the log is sealed up to here; less than the position: not yet
}

var errNotErased = &domain.Error{Kind: domain.Rejected, Code: "person.not_erased",
	Msg: "dữ liệu cá nhân của người này chưa được xóa", En: "the personal data of this person were not erased"}

// Certify returns the certificate of a person. Where the erasure was recorded and the key is there still, which a crash in
// between leaves, it is no certificate but an error (person.key_left): the command has to be sent again.
func Certify(ctx context.Context, c *domain.Catalog, log domain.EventLog, keys domain.Keys, who domain.PersonID,
	ordinal func(domain.Cursor) (domain.Ordinal, error)) (Certificate, error) {
	codec := c.Codec(nil)
	for e, err := range log.Read(ctx, domain.StreamID{Type: "person", ID: who.UUID}, 0) {
		if err != nil {
			return Certificate{}, err
		}
		event, err := codec.Decode(e.Type, e.Schema, e.Data)
		if err != nil {
			return Certificate{}, fmt.Errorf("%s version %d: %w", e.Stream, e.Version, err)
		}
		erased, ok := event.(person.Erased)
		if !ok {
			continue
		}
		at, err := ordinal(e.Position)
		if err != nil {
			return Certificate{}, err
		}
		if _, err := keys.Key(ctx, who); err == nil {
			return Certificate{}, &domain.Error{Kind: domain.Unavailable, Code: "person.key_left", Msg: "việc xóa đã ghi nhưng khóa của người này chưa hủy; hãy chạy lại",
				En: "the erasure is recorded and the key of this person is not destroyed yet; run it again"}
		} else if !errors.Is(err, domain.ErrErased) {
			return Certificate{}, err
		}
		record := sha256.Sum256(e.AppendRecord(nil))
		return Certificate{Person: who, Ground: erased.Ground, Law: lawOf(erased.Ground, e.Meta.Occurred), Occurred: e.Meta.Occurred,
			Recorded: e.Meta.Recorded, By: e.Meta.Actor, Position: at, Event: e.ID, Record: hex.EncodeToString(record[:])}, nil
	}
	return Certificate{}, errNotErased
}

// lawOf returns on which law a ground rests. The decree of 2023 was replaced by the law of 2025 on 1/1/2026, the law on
// archives of 2011 by that of 2024 on 1/7/2025.
func lawOf(ground string, on calendar.Date) string {
	switch {
	case ground == "retention_over" && on < 20250701:
		return "Luật Lưu trữ 01/2011/QH13"
	case ground == "retention_over":
		return "Luật Lưu trữ 33/2024/QH15"
	case on < 20260101:
		return "Nghị định 13/2023/NĐ-CP"
	}
	return "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15"
}
