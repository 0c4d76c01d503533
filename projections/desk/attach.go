package desk

import (
	"context"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/right"
	"hoso/projections/documents"
)

// Upload is a document that somebody attaches to a case.
type Upload struct {
	Type, Case string    // the case's type, and its id or a reference of the office
	ID         uuid.UUID // of the command: sent again, it has the effect and the answer of once
	Expect     uint64    // the version at which the case has to be; 0: any
	Kind       string    // see domain.DocumentKinds
	Title      string    // empty: the name of the file without its ending
	Person     domain.PersonID
	File       string // its name, as the sender has it
	Media      string // its format, as the sender declares it; empty: undeclared
	Content    []byte
}

// attaching is how long it may take until a document is durable and its event too. What takes longer is left to the sweeper.
const attaching = 2 * time.Minute

var errNoPapers = &domain.Error{Kind: domain.Rejected, Code: "document.not_here",
	Msg: "hồ sơ loại này do chương trình lập, không đính kèm tài liệu được", En: "cases of this type are kept by the program; documents cannot be attached to them"}

// Attach attaches a document for the caller, today. The bytes are durable before the event is written, and the event before
// this returns. Errors are those of Do, attach.…, document.too_large, document.empty, document.wrong_type and
// document.not_as_declared.
func (d *Desk) Attach(ctx context.Context, u Upload) (Receipt, error) {
	name := u.Type + ".attach"
	if err := somewhere(ctx, right.For(name), u.Type); err != nil {
		return Receipt{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, attaching)
	defer cancel()
	r, c, err := d.attachment(ctx, u)
	if err != nil {
		return Receipt{}, err
	}
	repeated, err := d.allowed(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	if !repeated { // of a repetition the first bytes lie there
		if r.Command, err = d.keep(ctx, r, c, u.Content); err != nil {
			return Receipt{}, err
		}
	}
	out, err := d.Handle(ctx, r)
	if err != nil {
		return Receipt{}, err
	}
	receipt := Receipt{Case: out.Case, First: out.First, Last: out.Last}
	if n, err := d.Views.PositionOf(ctx, out.Position); err == nil {
		receipt.Position = n
	}
	return receipt, nil
}

// attachment makes the request of an upload. Its fingerprint is over what was sent, and not over the sealed bytes, which
// differ each time.
func (d *Desk) attachment(ctx context.Context, u Upload) (r domain.Request, c domain.Attach, err error) {
	t, known := d.Catalog.Type(u.Type)
	if known && !slices.ContainsFunc(t.Commands, func(c domain.CommandType) bool {
		return !c.Own && !c.Common
	}) {
		return r, c, errNoPapers
	}
	id, err := d.Find(ctx, u.Type, u.Case)
	if err != nil {
		return r, c, err
	}
	media, err := mediaOf(u.Content, u.Media)
	if err != nil {
		return r, c, err
	}
	if u.Title = norm.NFC.String(strings.TrimSpace(u.Title)); u.Title == "" {
		u.Title = titleOf(u.File)
	}
	digest := documents.DigestOf(u.Content)
	c = domain.Attach{Type: u.Type, Document: domain.Document{Kind: u.Kind, Title: domain.Hide(u.Title), Person: u.Person,
		Media: media, Size: int64(len(u.Content)), Digest: domain.Hide(digest), Stored: digest}} // stored elsewhere, once it is
	return domain.Request{ID: u.ID, Case: id, Command: c, Occurred: calendar.On(d.Clock()), Expect: u.Expect,
		Fingerprint: d.Names.Fingerprint("attach", id.String(), u.Kind, u.Title, u.Person.String(), media, strconv.Itoa(len(u.Content)), digest)}, c, nil
}

// allowed tells why the caller may not attach something to a case, before anything is stored, and whether the command was
// recorded already.
func (d *Desk) allowed(ctx context.Context, r domain.Request) (repeated bool, err error) {
	who, err := caller(ctx)
	if err != nil {
		return false, err
	}
	unit, exists, err := d.unitOf(ctx, r.Case)
	if err != nil {
		return false, err
	}
	if _, err := d.actor(ctx, who, r, place{unit: unit, exists: exists}); err != nil {
		return false, err
	}
	if !exists {
		return false, errNoCase
	}
	_, events, err := d.Handler.Replay(ctx, r.Case, func(e domain.Recorded) bool { return e.Meta.Command == r.ID })
	return len(events) > 0, err
}

// keep seals and stores the bytes of what the rules would take, and returns the command with their name.
func (d *Desk) keep(ctx context.Context, r domain.Request, c domain.Attach, content []byte) (domain.Command, error) {
	events, err := d.Handler.Try(ctx, r)
	if err != nil {
		return nil, err
	}
	c.Person = events[0].(domain.Attached).Person // whose it is where nobody was named: of the one person of the case
	sealed, err := d.Codec.SealDocument(ctx, r.Case, c.Document, content)
	if err != nil {
		return nil, err
	}
	c.Stored, err = d.Stored.Put(ctx, sealed)
	return c, err
}

// titleOf makes a title of a file's name: what stands before its ending, without folders and without what does not print.
func titleOf(file string) string {
	name := path.Base(strings.ReplaceAll(norm.NFC.String(strings.ToValidUTF8(file, "")), "\\", "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, name)
	if letters := []rune(name); len(letters) > 100 {
		name = string(letters[:100])
	}
	return strings.Trim(name, " ./")
}
