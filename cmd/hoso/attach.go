package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/google/uuid"

	"hoso/adapters/httpclient"
	"hoso/domain"
	"hoso/domain/right"
	"hoso/projections/desk"
	"hoso/projections/documents"
)

type attachCommand struct {
	storeFlags
	serverFlags
	Case   string `arg:"" name:"CASE" help:"<loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>."`
	File   string `arg:"" name:"FILE" help:"Tài liệu: PDF, PNG, JPEG, DOCX hoặc XLSX, tối đa 10 MB." type:"path"`
	Kind   string `help:"Loại tài liệu." enum:"application,identity,certificate,decision,minutes,receipt,photo,other" default:"other"`
	Title  string `help:"Tên tài liệu; không nêu là tên tệp." placeholder:"TEXT"`
	Person string `help:"Mã người mà tài liệu nói về, khi hồ sơ có nhiều người." placeholder:"UUID"`
	ID     string `help:"Mã lệnh; gửi lại với cùng mã thì chỉ đính kèm một lần." placeholder:"UUID"`
	by
}

// by says who does something in a data directory, where nobody logs in. A server goes by the token.
type by struct {
	By string `help:"Tài khoản người thực hiện; với --server thì theo mã truy cập." placeholder:"ACCOUNT"`
}

// as returns the context of whoever holds the data directory, which opens everything in it, under the name given.
func (b by) as(ctx context.Context, role right.Role) (context.Context, error) {
	if b.By == "" {
		return ctx, wrongFlag("by", "hãy nêu tài khoản người thực hiện")
	}
	c := right.Caller{Account: b.By, Via: right.ViaConsole, Grants: []right.Grant{{Role: role}, {Role: role, CaseTypes: right.SensitiveTypes()}}}
	return right.With(ctx, c), nil
}

// Run attaches a file to a case.
func (c attachCommand) Run(ctx context.Context, e *env) error {
	content, err := readDocument(c.File)
	if err != nil {
		return err
	}
	id := uuid.New()
	if c.ID != "" {
		if id, err = uuid.Parse(c.ID); err != nil {
			return wrongFlag("id", "phải là một uuid")
		}
	}
	last, err := c.attach(ctx, e, id, content)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.out, "Đã đính kèm, là việc số %d của hồ sơ; SHA-256 của tệp: %s\n", last, documents.DigestOf(content))
	return err
}

func (c attachCommand) attach(ctx context.Context, e *env, id uuid.UUID, content []byte) (version uint64, err error) {
	if c.remote() {
		caseType, name, err := split(c.Case)
		if err != nil {
			return 0, err
		}
		client, err := c.client()
		if err != nil {
			return 0, err
		}
		r, err := client.Attach(ctx, httpclient.Document{Type: caseType, Case: name, ID: id, Kind: c.Kind, Title: c.Title, Person: c.Person, File: filepath.Base(c.File), Content: content})
		return r.Version, err
	}
	u := desk.Upload{ID: id, Kind: c.Kind, Title: c.Title, File: filepath.Base(c.File), Content: content}
	if c.Person != "" {
		if u.Person.UUID, err = uuid.Parse(c.Person); err != nil {
			return 0, wrongFlag("person", "phải là một uuid")
		}
	}
	err = c.at(ctx, e, c.storeFlags, c.Case, right.Caseworker, func(ctx context.Context, d *desk.Desk, at domain.StreamID) error {
		u.Type, u.Case = at.Type, at.ID.String()
		r, err := d.Attach(ctx, u)
		version = r.Last
		return err
	})
	return version, err
}

// at does something to a case in a data directory.
func (b by) at(ctx context.Context, e *env, s storeFlags, name string, role right.Role, do func(context.Context, *desk.Desk, domain.StreamID) error) error {
	a, err := e.openCaughtUp(ctx, s)
	if err != nil {
		return err
	}
	defer a.close()
	id, err := a.find(ctx, name)
	if err != nil {
		return err
	}
	ctx, err = b.as(ctx, role)
	if err != nil {
		return err
	}
	d, err := a.desk(ctx)
	if err != nil {
		return err
	}
	if err := do(ctx, d, id); err != nil {
		return a.why(ctx, err)
	}
	return nil
}

// readDocument reads a file that is not too large.
func readDocument(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, noFile(err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, domain.MaxDocument+1))
	switch {
	case err != nil:
		return nil, noFile(err)
	case len(b) > domain.MaxDocument:
		return nil, documents.ErrTooLarge
	}
	return b, nil
}

type documentCommand struct {
	storeFlags
	serverFlags
	Case    string `arg:"" name:"CASE" help:"<loại>-<uuid>, một uuid, hoặc <loại>/<tham chiếu>."`
	Version uint64 `arg:"" name:"VERSION" help:"Số của việc đính kèm, như hoso history in ra."`
	Purpose string `help:"Xem để làm gì; lượt xem được ghi lại." enum:"handling,approval,answer,matching,paper,audit,authority" required:""`
	Out     string `help:"Tệp để ghi vào." type:"path" required:"" placeholder:"FILE"`
	by
}

// Run writes a document to a file. The reading is recorded first.
func (c documentCommand) Run(ctx context.Context, e *env) (err error) {
	var content []byte
	if c.remote() {
		caseType, name, err := split(c.Case)
		if err != nil {
			return err
		}
		client, err := c.client()
		if err != nil {
			return err
		}
		if content, err = client.Document(ctx, caseType, name, c.Version, c.Purpose); err != nil {
			return err
		}
	} else if err := c.at(ctx, e, c.storeFlags, c.Case, right.Auditor, func(ctx context.Context, d *desk.Desk, at domain.StreamID) error {
		p, err := d.Document(ctx, desk.DocumentLook{Type: at.Type, Case: at.ID.String(), Version: c.Version, Purpose: desk.Purpose(c.Purpose)})
		content = p.Content
		return err
	}); err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, content, 0o600); err != nil {
		return unusable(err)
	}
	_, err = fmt.Fprintf(e.out, "Đã ghi tài liệu vào %s; SHA-256: %s\n", c.Out, documents.DigestOf(content))
	return err
}
