package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hoso/domain"
	"hoso/domain/intake"
	"hoso/projections/report"
)

// workers is how many commands are handled at once: the log syncs those that wait together in one go.
const workers = 512

type importCommand struct {
	storeFlags
	serverFlags
	DryRun  bool     `help:"Chỉ kiểm tra, không ghi gì; trên thư mục dữ liệu (không phải --server) nói cả số liệu nào của các báo cáo đã phát hành sẽ khác."`
	Errors  string   `help:"Tệp ghi các dòng bị từ chối (mặc định: <tệp>.errors.jsonl)." placeholder:"FILE"`
	Command string   `help:"Lệnh mà các dòng của bảng .csv, .xlsx ghi, khi bảng không có cột Lệnh." placeholder:"NAME"`
	Files   []string `arg:"" name:"FILE" help:"Tệp .jsonl, .csv hoặc .xlsx; - là đầu vào chuẩn (.jsonl)."`
}

// Run imports files, one after the other. It is 3 (the data says no) where a line was refused; the others went in.
func (c importCommand) Run(ctx context.Context, e *env) error {
	if c.Errors != "" && len(c.Files) > 1 {
		return wrongFlag("errors", "chỉ dùng được với một tệp; với nhiều tệp, mỗi tệp có <tệp>.errors.jsonl")
	}
	for _, f := range c.Files {
		if ext := strings.ToLower(filepath.Ext(f)); f != "-" && !slices.Contains([]string{".jsonl", ".ndjson", ".csv", ".xlsx"}, ext) {
			return &domain.Error{Kind: domain.Usage, Code: "import.unknown_format", Msg: withoutLogins(f) + ": chỉ nhập được tệp .jsonl, .csv và .xlsx"}
		}
		if f != "-" {
			if _, err := os.Stat(f); err != nil {
				return noFile(err)
			}
		}
	}
	refused, err := c.all(ctx, e)
	if err != nil {
		return err
	}
	if refused > 0 {
		return &domain.Error{Kind: domain.Rejected, Code: "import.refused", Msg: report.Number(int64(refused)) + " dòng bị từ chối; các dòng đúng không vì thế mà mất"}
	}
	return nil
}

// all imports the files, and returns how many lines were refused.
func (c importCommand) all(ctx context.Context, e *env) (refused int, err error) {
	if c.remote() {
		return c.remoteImport(ctx, e)
	}
	a, err := c.open(ctx, e)
	if err != nil {
		return 0, err
	}
	defer a.close()
	importer, paper := a.importer(), paperOver(a.log)
	if c.DryRun {
		importer.Handler = a.rehearsal(paper)
	}
	refused, err = c.each(ctx, e, func(ctx context.Context, lines io.Reader, refuse func(intake.Refusal)) (intake.Summary, error) {
		s, err := importer.Run(ctx, lines, refuse)
		if err != nil {
			err = a.why(ctx, err)
		}
		return s, err
	})
	if err == nil && c.DryRun {
		err = a.foretell(ctx, e, paper.all)
	}
	return refused, err
}

// importing imports the lines of one file.
type importing func(ctx context.Context, lines io.Reader, refuse func(intake.Refusal)) (intake.Summary, error)

func (c importCommand) each(ctx context.Context, e *env, run importing) (refused int, err error) {
	for _, f := range c.Files {
		s, err := c.file(ctx, e, f, run)
		refused += s.Refused
		if err != nil {
			return refused, err
		}
	}
	return refused, nil
}

// open opens the data with its views up to date, since they know who was registered before. A rehearsal makes no
// data where there is none, neither here nor on outside servers: it then runs on an empty log of its own.
func (c importCommand) open(ctx context.Context, e *env) (*app, error) {
	if !c.DryRun {
		return opened(ctx, e, c.storeFlags, e.openNew)
	}
	a, err := opened(ctx, e, c.storeFlags, e.open)
	if code := domain.CodeOf(err); code != "log.missing" && code != "data.none" {
		return a, err
	}
	dir, err := os.MkdirTemp("", "hoso-dry-run-")
	if err != nil {
		return nil, unusable(err)
	}
	a, err = opened(ctx, e, alone(dir), e.openNew)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	a.closers = slices.Insert(a.closers, 0, func() { _ = os.RemoveAll(dir) })
	return a, nil
}

func opened(ctx context.Context, e *env, s storeFlags, open func(context.Context, storeFlags) (*app, error)) (*app, error) {
	a, err := open(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := a.catchUp(ctx, e); err != nil {
		a.close()
		return nil, err
	}
	return a, nil
}

func (a *app) importer() *intake.Importer {
	return &intake.Importer{
		Parser: intake.NewParser(a.catalog, a.names, a.people, a.clock), Handler: a.handler, Past: &past{app: a}, Workers: workers,
	}
}

// file imports one file and says what became of its lines.
func (c importCommand) file(ctx context.Context, e *env, path string, run importing) (intake.Summary, error) {
	in, size, err := e.input(path)
	if err != nil {
		return intake.Summary{}, err
	}
	if isTable(path) {
		if in, size, err = c.table(in); err != nil {
			return intake.Summary{}, err
		}
	}
	defer in.Close()
	bar := e.progress(filepath.Base(path), size)
	var refusals []intake.Refusal
	s, stopped := run(ctx, &counted{in, e, bar, 0}, func(r intake.Refusal) { refusals = append(refusals, r) })
	bar.done()

	verb, note := "ghi mới", ""
	if c.DryRun {
		verb = "sẽ ghi"
	}
	listed, err := c.list(path, refusals)
	if listed != "" {
		note = " (xem " + listed + ")"
	}
	fmt.Fprintf(e.out, "%s: %s dòng; %s %s, đã có %s, bị từ chối %s%s\n", path, report.Number(int64(s.Lines)), verb,
		report.Number(int64(s.Written)), report.Number(int64(s.Already)), report.Number(int64(s.Refused)), note)
	if stopped == nil {
		return s, err
	}
	return s, &domain.Error{Kind: domain.KindOf(stopped), Code: domain.CodeOf(stopped), Err: stopped,
		Msg: "việc nhập dừng giữa chừng; những gì đã ghi vẫn còn, chạy lại đúng lệnh này sẽ làm tiếp"}
}

// list writes the refused lines, in their order, beside the file, and returns the name; nothing where all went in: then
// a list of an earlier time is taken away.
func (c importCommand) list(path string, refusals []intake.Refusal) (string, error) {
	out := c.Errors
	if out == "" {
		if path == "-" {
			path = "stdin"
		}
		out = path + ".errors.jsonl"
	}
	if len(refusals) == 0 {
		if err := os.Remove(out); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		return "", nil
	}
	slices.SortStableFunc(refusals, func(a, b intake.Refusal) int { return cmp.Compare(a.Line, b.Line) })
	var b strings.Builder
	lines := json.NewEncoder(&b)
	lines.SetEscapeHTML(false)
	for _, r := range refusals {
		if err := lines.Encode(r); err != nil {
			return "", err
		}
	}
	if err := os.WriteFile(out, []byte(b.String()), 0o600); err != nil {
		return "", fmt.Errorf("write the refused lines: %w", err)
	}
	return out, nil
}

// input opens a file, or standard input, and tells its size where that is known.
func (e *env) input(path string) (io.ReadCloser, int64, error) {
	if path == "-" {
		return io.NopCloser(e.in), -1, nil
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, noFile(err)
	}
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		_ = f.Close()
		return nil, 0, noFile(cmp.Or(err, fs.ErrInvalid))
	}
	return f, info.Size(), nil
}

func noFile(err error) error {
	return &domain.Error{Kind: domain.Usage, Code: "file.unreadable", Msg: "không đọc được tệp", Err: err}
}

// counted moves the bar with the bytes that were read.
type counted struct {
	io.Reader
	e    *env
	bar  *progress
	read int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.read += int64(n)
	c.bar.set(c.e, c.read)
	return n, err
}
