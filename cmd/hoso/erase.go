package main

import (
	"context"
	"database/sql"
	"io"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/person"
	"hoso/projections"
	"hoso/projections/erasure"
)

type eraseCommand struct {
	storeFlags
	Person string `arg:"" name:"PERSON" help:"person-<uuid>, hoặc person/<tham chiếu của cơ quan>."`
	Ground string `help:"Căn cứ: request (theo yêu cầu của người đó), retention_over (hết thời hạn lưu trữ), court (tòa án)." enum:",request,retention_over,court" default:"" placeholder:"GROUND"`
	By     string `help:"Tài khoản người thực hiện." placeholder:"ACCOUNT"`
	Unit   string `help:"Đơn vị của người thực hiện." placeholder:"CODE"`
	Yes    bool   `help:"Xác nhận: việc xóa không hoàn lại được."`
	Out    string `help:"Tệp cho giấy xác nhận; không nêu là in ra." type:"path" placeholder:"FILE"`
	Format string `help:"text hoặc json." enum:"text,json" default:"text"`
}

// Run erases a person and writes the certificate. Of somebody who was erased before it writes the certificate again.
func (c eraseCommand) Run(ctx context.Context, e *env) error {
	a, err := e.openCaughtUp(ctx, c.storeFlags)
	if err != nil {
		return err
	}
	defer a.close()
	id, err := a.find(ctx, c.Person)
	if err != nil {
		return err
	}
	who := domain.PersonID{UUID: id.ID}
	if known, err := a.people.Exists(ctx, who); err != nil || !known || id.Type != "person" {
		if err == nil {
			err = errNoPerson
		}
		return err
	}
	certificate, err := a.certify(ctx, who)
	if code := domain.CodeOf(err); code == "person.not_erased" || code == "person.key_left" {
		if err := c.erase(ctx, a, who, code); err != nil {
			return a.why(ctx, err)
		}
		if err := a.catchUp(ctx, e); err != nil {
			return err
		}
		if _, sealing := a.seal(ctx, false); sealing != nil {
			e.warn("đã xóa nhưng chưa niêm phong được: " + sealing.Error() + "; hãy chạy hoso seal [" + domain.CodeOf(sealing) + "]")
		}
		if err := a.catchUp(ctx, e); err != nil { // the checkpoint
			return err
		}
		certificate, err = a.certify(ctx, who)
	}
	if err != nil {
		return err
	}
	if _, err := a.sweeper.Erased(ctx); err != nil { // nobody can read them any more
		a.warn("nội dung tài liệu của người này chưa gỡ được khỏi kho: " + err.Error() + "; hoso serve sẽ gỡ [" + domain.CodeOf(err) + "]")
	}
	if err := a.tellLinked(ctx, who); err != nil {
		return err
	}
	return e.output(c.Out, func(w io.Writer) error {
		if c.Format == "json" {
			return writeJSON(w, certificate)
		}
		return certificate.Print(w)
	})
}

var errNoPerson = &domain.Error{Kind: domain.NotFound, Code: "person.not_found", Msg: "không có người này; hãy nêu person-<uuid>, hoặc person/<tham chiếu>"}

// erase records the erasure and destroys the key; where only the key was left, that alone.
func (c eraseCommand) erase(ctx context.Context, a *app, who domain.PersonID, found string) error {
	if found == "person.key_left" {
		return a.keys.Destroy(ctx, who)
	}
	switch {
	case c.Ground == "":
		return wrongFlag("ground", "hãy nêu căn cứ xóa")
	case c.By == "":
		return wrongFlag("by", "hãy nêu tài khoản người thực hiện")
	case !c.Yes:
		return wrongFlag("yes", "việc xóa không hoàn lại được; thêm --yes nếu đã chắc chắn")
	}
	_, err := a.handler.Handle(ctx, domain.Request{
		ID: uuid.New(), Case: domain.StreamID{Type: "person", ID: who.UUID}, Command: person.Erase{Ground: c.Ground},
		Occurred: calendar.On(a.clock()), Actor: domain.Actor{ID: c.By, Unit: c.Unit},
	})
	return err
}

// certify returns the certificate of who was erased.
func (a *app) certify(ctx context.Context, who domain.PersonID) (erasure.Certificate, error) {
	tx, err := a.views.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return erasure.Certificate{}, err
	}
	defer func() { _ = tx.Rollback() }()
	certificate, err := erasure.Certify(ctx, a.catalog, a.log, a.keys, who, func(at domain.Cursor) (domain.Ordinal, error) {
		return projections.OrdinalOf(ctx, tx, at)
	})
	if err != nil {
		return certificate, err
	}
	state, err := a.seals.State(ctx)
	certificate.Sealed, _ = state.Last.Note.Size()
	return certificate, err
}

// tellLinked warns of other records of a person that can be read still.
func (a *app) tellLinked(ctx context.Context, who domain.PersonID) error {
	others, err := a.kept.Linked(ctx, who)
	for _, other := range others {
		if _, not := a.certify(ctx, other); domain.CodeOf(not) == "person.not_erased" {
			a.warn("người này còn một bản ghi đã được nối, chưa xóa: person-" + other.String() + " [person.linked_left]")
		}
	}
	return err
}
