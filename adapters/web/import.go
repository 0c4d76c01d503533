package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"hoso/domain"
	"hoso/domain/intake"
	"hoso/domain/right"
	"hoso/projections/desk"
)

// Importing gives the lines of a file for who is signed in, or rehearses it.
type Importing func(ctx context.Context, lines io.Reader, taken func(intake.Taken), refused func(intake.Refusal)) (desk.Imported, error)

// Tables reads and writes the tables of offices.
type Tables interface {
	Read(content []byte) ([][]string, error)
	CSV(rows [][]string) []byte
	Template(sheet string, header, notes []string, values [][]string) ([]byte, error)
}

// maxUpload is how much a file may hold.
const maxUpload = 20 << 20

// doors is the page on which files come in.
type doors struct {
	Commands begins
	Uploads  []*upload
	Refused  refusal
}

func importPage(a *Ask) (any, error) {
	d := doors{Uploads: a.uploads.of(a.Who.Account), Refused: a.Refused}
	for _, t := range a.Catalog.Types {
		for _, c := range t.Commands {
			if c.Own || c.Common {
				continue
			}
			d.Commands = append(d.Commands, begin{t, c})
		}
	}
	return d, nil
}

// emptyTable is the empty table of a command.
func emptyTable(a *Ask) (any, error) {
	c, _, err := a.command()
	if err != nil {
		return nil, err
	}
	var header, notes []string
	var values [][]string
	for _, k := range intake.Columns(c) {
		label := text{k.Label.Vi, k.Label.En}.In(a.Lang)
		note := k.Field.Hint
		if k.Field.Law != "" {
			note = strings.TrimSpace(note + "\n" + k.Field.Law)
		}
		if !k.Field.Optional && k.Name != "command" {
			label += " *"
		}
		header, notes, values = append(header, label), append(notes, note), append(values, k.Field.Values)
	}
	values[0] = []string{c.Name}
	b, err := a.Tables.Template(c.Name, header, notes, values)
	return file{c.Name + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b}, err
}

var errNoFile = domain.Malformed("web.no_file", "file", "chưa chọn tệp, hoặc tệp lớn hơn 20 MB")

// receive takes a file in, and leads to its page.
func (s *Site) receive(w http.ResponseWriter, r *http.Request) {
	a := s.ask(w, r)
	a.page.name = "import"
	err := a.may(right.Act)
	leave := func() {}
	if err == nil {
		leave, err = s.receiving.Take(a.Who.Account)
	}
	if err == nil {
		defer leave()
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload+maxForm)
		var next string
		next, err = a.takeIn()
		if err = a.sendBack("/nhap-du-lieu", "upload", err); err == nil {
			http.Redirect(w, r, next, http.StatusSeeOther)
			return
		}
	}
	s.fail(w, a, err)
}

func (a *Ask) takeIn() (string, error) {
	if err := a.ParseMultipartForm(maxUpload); err != nil {
		return "", errNoFile
	}
	defer func() { _ = a.MultipartForm.RemoveAll() }()
	in, head, err := a.FormFile("file")
	if err != nil {
		return "", errNoFile
	}
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, maxUpload+1))
	if err != nil || len(content) > maxUpload || len(content) == 0 {
		return "", errNoFile
	}
	u := &upload{ID: uuid.New(), Account: a.Who.Account, Name: shortName(head.Filename), stage: stageMapping}
	if ext := strings.ToLower(path.Ext(u.Name)); ext == ".jsonl" || ext == ".ndjson" {
		u.lines, u.total = content, 0
		for _, err := range intake.Lines(bytes.NewReader(content)) {
			if u.total++; err != nil { // it is told with its line
				continue
			}
		}
	} else if err := a.table(u, content); err != nil {
		return "", err
	}
	if err := a.uploads.put(u); err != nil {
		return "", err
	}
	if u.Rows == nil {
		if err := a.rehearse(u, nil); err != nil {
			a.uploads.drop(u.ID)
			return "", err
		}
	}
	return "/nhap-du-lieu/" + u.ID.String(), nil
}

// shortName keeps of a file's name what may be shown.
func shortName(name string) string {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	if r := []rune(name); len(r) > 80 {
		name = string(r[len(r)-80:])
	}
	return name
}

func (a *Ask) table(u *upload, content []byte) (err error) {
	if u.Rows, err = a.Tables.Read(content); err != nil {
		return err
	}
	c, ok := intake.CommandOf(a.Catalog, u.Rows)
	if chosen := a.FormValue("command"); chosen != "" {
		c, ok = a.Catalog.Command(chosen)
	}
	if !ok || c.Own {
		return domain.Malformed("import.no_command", "command", "bảng không nói là ghi việc gì; hãy chọn việc cần ghi, hoặc dùng tệp mẫu")
	}
	u.Command, u.Columns, u.total = c, intake.Map(c, u.Rows[0]), len(u.Rows)-1
	return nil
}

// rehearse has the lines of an upload rehearsed, once before has set what they are.
func (a *Ask) rehearse(u *upload, before func()) error {
	return a.start(u, job{stageRehearsing, stageRehearsed, stageMapping, a.Rehearse}, before, stageMapping, stageRehearsed)
}

// job is a stage that takes its time: what it is, what comes after it, and what where it stopped.
type job struct {
	running, next, stopped stage
	run                    Importing
}

// start runs a stage beside the request, which may end before it. Of two requests that come at once one begins it.
func (a *Ask) start(u *upload, j job, before func(), from ...stage) error {
	leave, err := a.jobs.Take(a.Who.Account)
	if err != nil {
		return err
	}
	lines, ok := u.begin(j.running, before, from...)
	if !ok {
		leave()
		return nil // it runs already, or is done: the page says so
	}
	var sum intake.Summary
	done := func(err error) {
		defer leave()
		if err != nil { // with what is recorded, and nothing of what the file says
			a.Log.Warn("an upload stopped", "upload", u.ID.String(), "stage", string(j.running), "lines", sum.Lines, "written", sum.Written,
				"already", sum.Already, "refused", sum.Refused, "error", err.Error())
			j.next = j.stopped
		}
		u.end(j.next, sum, err)
	}
	err = a.begin(a.Context(), func(ctx context.Context) error {
		out, err := j.run(ctx, bytes.NewReader(lines), u.taken, u.refuse)
		sum = out.Summary
		return err
	}, done)
	if err != nil {
		done(err)
	}
	return err
}

var errNoUpload = &domain.Error{Kind: domain.NotFound, Code: "web.no_such_upload", Msg: "tệp này không còn ở đây; hãy tải lên lại", En: "this file is not here any more; upload it again"}

func (a *Ask) upload() (*upload, error) {
	id, err := uuid.Parse(a.PathValue("upload"))
	if err != nil {
		return nil, errNoUpload
	}
	u, ok := a.uploads.find(id, a.Who.Account)
	if !ok {
		return nil, errNoUpload
	}
	return u, nil
}

// mapColumns takes what the columns hold, and rehearses.
func mapColumns(a *Ask) (string, error) {
	u, err := a.upload()
	if err != nil {
		return "", err
	}
	if u.Rows == nil { // JSON Lines have no columns
		return "/nhap-du-lieu/" + u.ID.String(), nil
	}
	at, taken := make([]int, len(u.Rows[0])), map[int]bool{}
	for i := range at {
		n, err := strconv.Atoi(a.PostFormValue("c" + strconv.Itoa(i)))
		if err != nil || n >= len(intake.Columns(u.Command)) || taken[n] {
			n = -1
		}
		at[i] = n
		taken[n] = n >= 0
	}
	lines, err := intake.Table(u.Command, at, u.Rows)
	if err != nil {
		return "", err
	}
	return "/nhap-du-lieu/" + u.ID.String(), a.rehearse(u, func() { u.Columns, u.lines = at, lines })
}

// importUpload imports what was rehearsed, or goes on where that stopped. The right rows go in, also where others are refused.
func importUpload(a *Ask) (string, error) {
	u, err := a.upload()
	if err != nil {
		return "", err
	}
	return "/nhap-du-lieu/" + u.ID.String(), a.start(u, job{stageImporting, stageDone, stageStopped, a.Import}, nil, stageRehearsed, stageStopped)
}

// mapped is the page of an upload.
type mapped struct {
	*upload
	Stage    stage
	Sum      intake.Summary
	Percent  int
	Wrong    []wrongCell
	Refused  int
	Fault    string
	Choices  []intake.Column
	Preview  [][]string
	Required []string // of the command, that no column holds
	Columns  []int
	lang     Lang
}

// wrongCell is why a row is refused, at its cell.
type wrongCell struct {
	Row    int
	Column string // A, B, …; empty where it is about the row
	Field  string
	Value  string
	intake.Refusal
}

// shownWrong is how many refused rows a page lists; the error file has all.
const shownWrong = 200

func openUpload(a *Ask) (any, error) {
	u, err := a.upload()
	if err != nil {
		return nil, err
	}
	m := mapped{upload: u, lang: a.Lang}
	if u.Rows != nil { // JSON Lines have no columns
		m.Choices = intake.Columns(u.Command)
		m.Preview = u.Rows[1:min(len(u.Rows), 4)]
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	m.Stage, m.Sum, m.Refused, m.Columns = u.stage, u.sum, len(u.refusals), u.Columns
	if u.total > 0 {
		m.Percent = min(100, 100*u.seen/u.total)
	}
	var own *domain.Error
	if errors.As(u.fault, &own) {
		m.Fault = said(u.fault, a.Lang)
	} else if u.fault != nil {
		m.Fault = text{"việc nhập dừng giữa chừng; những gì đã ghi vẫn còn, nhập lại đúng tệp này sẽ làm tiếp", "it stopped; what was recorded stays, and importing the file again goes on"}.In(a.Lang)
	}
	for _, r := range u.refusals[:min(len(u.refusals), shownWrong)] {
		m.Wrong = append(m.Wrong, u.cell(r, a.Lang))
	}
	for n, c := range m.Choices {
		if (c.Name == "case" || strings.HasPrefix(c.Name, "data.") && !c.Field.Optional) && !slices.Contains(u.Columns, n) {
			m.Required = append(m.Required, text{c.Label.Vi, c.Label.En}.In(a.Lang))
		}
	}
	return m, nil
}

// cell finds where the mistake of a row stands.
func (u *upload) cell(r intake.Refusal, l Lang) wrongCell {
	w := wrongCell{Row: r.Line, Refusal: r, Field: r.Field}
	for i, k := range u.Columns {
		if k < 0 || u.Rows == nil || r.Line > len(u.Rows) || r.Line < 1 {
			continue
		}
		if c := intake.Columns(u.Command)[k]; c.Name == r.Field {
			w.Column, w.Field = letters(i), text{c.Label.Vi, c.Label.En}.In(l)
			if row := u.Rows[r.Line-1]; i < len(row) && !c.Field.Private {
				w.Value = row[i]
			}
		}
	}
	return w
}

// letters names a column as spreadsheets do.
func letters(i int) string {
	name := ""
	for i++; i > 0; i = (i - 1) / 26 {
		name = string(rune('A'+(i-1)%26)) + name
	}
	return name
}

// errorFile is the refused rows with their reasons, to be mended and imported again.
func errorFile(a *Ask) (any, error) {
	u, err := a.upload()
	if err != nil {
		return nil, err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	why := []string{text{"Dòng", "Row"}.In(a.Lang), text{"Ô", "Cell"}.In(a.Lang), text{"Lý do", "Reason"}.In(a.Lang)}
	rows := [][]string{why}
	if u.Rows != nil {
		rows[0] = slices.Concat(u.Rows[0], why)
	}
	for _, r := range u.refusals {
		w := u.cell(r, a.Lang)
		said := []string{strconv.Itoa(r.Line), w.Column, w.Field + ": " + r.Reason}
		if u.Rows != nil && r.Line >= 1 && r.Line <= len(u.Rows) {
			row := make([]string, len(u.Rows[0]))
			copy(row, u.Rows[r.Line-1])
			said = slices.Concat(row, said)
		}
		rows = append(rows, said)
	}
	return file{"loi-" + u.ID.String()[:8] + ".csv", "text/csv; charset=utf-8", a.Tables.CSV(rows)}, nil
}
