package httpclient

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// Document is a document to attach to a case.
type Document struct {
	Type, Case string    // the case's type, and its id or a reference of the office
	ID         uuid.UUID // of the command; none: it gets one
	Kind       string    // see domain.DocumentKinds
	Title      string    // empty: the file's name
	Person     string    // id of whose it is; empty where the case is about one person
	File       string    // the file's name
	Content    []byte
}

// Attach attaches a document. It is sent again as Do sends a command again, with the effect and the answer of once.
func (c *Client) Attach(ctx context.Context, d Document) (r Receipt, err error) {
	if d.ID == uuid.Nil {
		d.ID = uuid.New()
	}
	var form bytes.Buffer
	kind, err := d.write(&form)
	if err != nil {
		return r, err
	}
	for wait, n := 100*time.Millisecond, 0; ; wait, n = wait*4, n+1 {
		r, err = c.attach(ctx, d, kind, form.Bytes())
		if k := domain.KindOf(err); err == nil || ctx.Err() != nil || n == tries-1 || k != domain.Unavailable && k != domain.Busy {
			return r, err
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return r, ctx.Err()
		}
	}
}

func (d Document) write(to io.Writer) (contentType string, err error) {
	w := multipart.NewWriter(to)
	for _, f := range [][2]string{{"kind", d.Kind}, {"title", d.Title}, {"person", d.Person}} {
		if err == nil && f[1] != "" {
			err = w.WriteField(f[0], f[1])
		}
	}
	if err != nil {
		return "", err
	}
	h := textproto.MIMEHeader{"Content-Disposition": {mime.FormatMediaType("form-data", map[string]string{"name": "file", "filename": d.File})}}
	part, err := w.CreatePart(h)
	if err == nil {
		_, err = part.Write(d.Content)
	}
	if err == nil {
		err = w.Close()
	}
	return w.FormDataContentType(), err
}

func (c *Client) attach(ctx context.Context, d Document, kind string, form []byte) (r Receipt, err error) {
	request, err := c.request(ctx, http.MethodPost, []string{"cases", d.Type, d.Case, "documents"}, nil, bytes.NewReader(form))
	if err != nil {
		return r, err
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Idempotency-Key", d.ID.String())
	a, err := c.send(request)
	if err != nil {
		return r, err
	}
	defer a.Body.Close()
	if err := json.NewDecoder(a.Body).Decode(&r); err != nil {
		return r, c.broken(ctx, err)
	}
	return r, nil
}

// Document returns the bytes of a document, by the version of the act that attached it. The server records the reading, with
// its purpose.
func (c *Client) Document(ctx context.Context, caseType, name string, version uint64, purpose string) ([]byte, error) {
	request, err := c.request(ctx, http.MethodGet, []string{"cases", caseType, name, "documents", strconv.FormatUint(version, 10), "content"},
		url.Values{"purpose": {purpose}}, http.NoBody)
	if err != nil {
		return nil, err
	}
	a, err := c.send(request)
	if err != nil {
		return nil, err
	}
	defer a.Body.Close()
	b, err := io.ReadAll(io.LimitReader(a.Body, domain.MaxDocument+1))
	if err != nil {
		return nil, c.broken(ctx, err)
	}
	return b, nil
}
