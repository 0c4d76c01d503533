package desk

import (
	"context"
	"slices"
	"time"

	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/documents"
)

// Attachment is a document of a case, without what is private about it: neither its title nor its digest.
type Attachment struct {
	Version   uint64          `json:"version"` // of the act that attached it: its name in the case
	Kind      string          `json:"kind"`
	Person    domain.PersonID `json:"person,omitzero"` // whose it is
	Media     string          `json:"media"`
	Size      int64           `json:"size"`          // bytes
	Stored    string          `json:"stored_sha256"` // of the bytes as they are sealed
	Recorded  time.Time       `json:"recorded"`
	Actor     domain.Actor    `json:"actor"`
	Withdrawn bool            `json:"withdrawn,omitempty"` // the act was voided
	Erased    bool            `json:"erased,omitempty"`    // with the data of its person: nobody can read it
}

// Documents returns what was attached to a case, the latest last, for who may read the case.
func (d *Desk) Documents(ctx context.Context, caseType, name string, after domain.Ordinal) ([]Attachment, error) {
	if err := somewhere(ctx, right.ReadCase, caseType); err != nil {
		return nil, err
	}
	if _, err := d.reading(ctx, after); err != nil {
		return nil, err
	}
	id, err := d.Find(ctx, caseType, name)
	if err != nil {
		return nil, err
	}
	if _, err := d.open(ctx, right.ReadCase, id); err != nil {
		return nil, err
	}
	all := []Attachment{}
	found, err := d.attached(ctx, id)
	for _, one := range found {
		if _, closed := d.Codec.Open(ctx, one.event); domain.CodeOf(closed) == domain.ErrErased.Code {
			one.Erased = true
		}
		all = append(all, one.Attachment)
	}
	return all, err
}

// paper is an attachment with its event, as it stands after corrections.
type paper struct {
	Attachment
	event domain.Attached
}

// attached reads from the log what was attached to a case, by its order.
func (d *Desk) attached(ctx context.Context, id domain.StreamID) (all []paper, err error) {
	_, events, err := d.Handler.Replay(ctx, id, func(domain.Recorded) bool { return true })
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		switch event := e.Event.(type) {
		case domain.Attached:
			all = append(all, paper{Attachment{Version: e.Version, Recorded: e.Meta.Recorded, Actor: e.Meta.Actor}.of(event), event})
		case domain.Corrected:
			if n, ok := find(all, event.Version); ok {
				all[n].event, _ = event.Now.Event.(domain.Attached)
				all[n].Attachment = all[n].of(all[n].event)
			}
		case domain.Voided:
			if n, ok := find(all, event.Version); ok {
				all[n].Withdrawn = true
			}
		}
	}
	return all, nil
}

func find(all []paper, version uint64) (int, bool) {
	n := slices.IndexFunc(all, func(p paper) bool { return p.Version == version })
	return n, n >= 0
}

func (a Attachment) of(e domain.Attached) Attachment {
	a.Kind, a.Person, a.Media, a.Size, a.Stored = e.Kind, e.Person, e.Media, e.Size, e.Stored
	return a
}

// DocumentLook asks for a document.
type DocumentLook struct {
	Type, Case string         // the case's type, and its id or a reference of the office
	Version    uint64         // of the act that attached the document
	After      domain.Ordinal // wait until what is answered holds the first so many events
	Purpose    Purpose
}

// Paper is a document in full.
type Paper struct {
	Attachment
	Case    domain.StreamID
	Title   string
	Digest  string // SHA-256 of the content, in hex
	Content []byte
}

var (
	errNoDocument = &domain.Error{Kind: domain.NotFound, Code: "document.not_found",
		Msg: "hồ sơ không có tài liệu này; hãy tải lại trang hồ sơ", En: "the case has no such document; load the case again"}
	errWithdrawn = &domain.Error{Kind: domain.Forbidden, Code: "document.withdrawn",
		Msg: "tài liệu này đã được rút khỏi hồ sơ; chỉ người kiểm tra còn xem được", En: "the document was withdrawn from the case; only an auditor can still read it"}
)

// Document returns a document in full. That is a reading of personal data: the caller needs the right to it where the case
// belongs, says what for, and the reading is recorded first, as in [Desk.Person]. What was withdrawn is for auditors alone.
func (d *Desk) Document(ctx context.Context, l DocumentLook) (Paper, error) {
	who, err := caller(ctx)
	if err != nil {
		return Paper{}, err
	}
	if err := somewhere(ctx, right.ReadPerson, l.Type); err != nil {
		return Paper{}, err
	}
	if !l.Purpose.Known() {
		return Paper{}, domain.Malformed("access.no_purpose", "purpose", "hãy chọn mục đích xem dữ liệu cá nhân")
	}
	id, err := d.Find(ctx, l.Type, l.Case)
	if err != nil {
		return Paper{}, err
	}
	if _, err := d.reading(ctx, l.After); err != nil {
		return Paper{}, err
	}
	unit, err := d.open(ctx, right.ReadPerson, id)
	if err != nil {
		return Paper{}, err
	}
	target := targetOf(who, right.ReadPerson, id.Type, unit)
	by, err := who.Actor(right.ReadPerson, target)
	if err != nil {
		return Paper{}, err
	}
	all, err := d.attached(ctx, id)
	if err != nil {
		return Paper{}, err
	}
	n, ok := find(all, l.Version)
	switch {
	case !ok:
		return Paper{}, errNoDocument
	case all[n].Withdrawn && who.May(right.Audit, target) != nil:
		return Paper{}, errWithdrawn
	}
	if err := d.Access.Record(ctx, Reading{Account: by.ID, Role: by.Role, Unit: by.Unit, Via: string(who.Via), From: who.From,
		Person: all[n].Person, Case: id, Purpose: l.Purpose}); err != nil {
		return Paper{}, err
	}
	return d.openPaper(ctx, id, all[n])
}

func (d *Desk) openPaper(ctx context.Context, id domain.StreamID, one paper) (Paper, error) {
	opened, err := d.Codec.Open(ctx, one.event) // whoever was erased is told so, also where the bytes are gone
	if err != nil {
		return Paper{}, err
	}
	p := Paper{Attachment: one.Attachment, Case: id, Title: shown(opened.(domain.Attached).Title), Digest: shown(opened.(domain.Attached).Digest)}
	p.Content, err = documents.Open(ctx, d.Stored, d.Codec, id, one.event.Document)
	return p, err
}
