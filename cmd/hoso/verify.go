package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"hoso/domain"
	dseal "hoso/domain/seal"
	"hoso/projections/report"
	"hoso/projections/seal"
)

type verifyCommand struct {
	storeFlags
	Bundle     string   `arg:"" optional:"" help:"Tệp chứng minh của hoso prove; kiểm tra nó chỉ cần --key." type:"path"`
	Key        []string `help:"Khóa công khai (hoso+…), hoặc tệp chứa chúng, khóa cũ trước; không nêu là khóa của chính cơ quan." sep:"none" placeholder:"KEY|FILE"`
	Checkpoint []string `help:"Dấu niêm phong đã giữ ở nơi khác: nhật ký phải là phần nối dài của nó." type:"path" sep:"none" placeholder:"FILE"`
	Format     string   `help:"table hoặc json." enum:"table,json" default:"table"`
}

// Run proves that the log is what it was, or says where it is not. Nothing is written, neither to the log nor, where they
// disagree with it, to the views.
func (c verifyCommand) Run(ctx context.Context, e *env) error {
	trust, err := c.trust()
	if err != nil {
		return err
	}
	if c.Bundle != "" {
		return c.verifyBundle(e, trust)
	}
	notes, err := c.notes()
	if err != nil {
		return err
	}
	a, err := e.open(ctx, c.storeFlags)
	if domain.CodeOf(err) == "log.history_cut" {
		v := seal.Verdict{}
		v.Add("log.history_cut", 0, "%v", err)
		return c.answer(e, v)
	}
	if err != nil {
		return err
	}
	defer a.close()
	growHeap()
	if trust == nil {
		keys, err := a.signing.SealKeys(ctx)
		if err != nil {
			return err
		}
		own := seal.TrustOf(keys)
		trust = &own
	}
	kept, err := readCheckpoint(a.dir)
	if err != nil {
		return err
	}
	if kept != "" {
		notes = append(notes, kept)
	}
	v, err := a.verify(ctx, e, *trust, notes)
	if err != nil {
		return a.why(ctx, err)
	}
	return c.answer(e, v)
}

// verify reads the log, and then builds every published report again. Where the log or the views are not as they were the
// reports are left alone: bringing the views to the log's end would wipe out what they bear witness of.
func (a *app) verify(ctx context.Context, e *env, trust seal.Trust, notes []dseal.Note) (seal.Verdict, error) {
	var bar *progress
	papers := a.lookAtDocuments()
	v, err := seal.Verify(ctx, a.log, seal.Options{Trust: trust, Notes: notes, Views: a.views, Look: papers.look(ctx), Progress: func(_ uint64, at, to domain.Cursor) {
		if bar == nil {
			bar = e.progress("Đọc lại nhật ký", int64(to))
		}
		bar.set(e, int64(at))
	}})
	if bar != nil {
		bar.done()
	}
	if err != nil {
		return v, err
	}
	papers.tell(&v)
	for _, p := range v.Problems {
		if strings.HasPrefix(p.Code, "log.") || strings.HasPrefix(p.Code, "views.") {
			v.Add("report.not_checked", 0, "chưa đối chiếu báo cáo đã phát hành, vì nhật ký hoặc tệp số liệu không còn như cũ")
			return v, nil
		}
	}
	return v, a.verifyReports(ctx, e, &v)
}

// trust reads the public keys that were named; nil where none was.
func (c verifyCommand) trust() (*seal.Trust, error) {
	if len(c.Key) == 0 {
		if c.Bundle != "" {
			return nil, wrongFlag("key", "kiểm tra tệp chứng minh cần khóa công khai của cơ quan, lấy từ nơi khác")
		}
		return nil, nil
	}
	var text strings.Builder
	for _, k := range c.Key {
		if strings.HasPrefix(k, "hoso+") {
			text.WriteString(k + "\n")
			continue
		}
		b, err := os.ReadFile(k)
		if err != nil {
			return nil, wrongFlag("key", "không phải khóa công khai, cũng không phải tệp đọc được: "+k)
		}
		text.Write(append(b, '\n'))
	}
	t, err := seal.TrustIn(text.String())
	if err != nil {
		return nil, wrongFlag("key", err.Error())
	}
	return &t, nil
}

func (c verifyCommand) notes() (notes []dseal.Note, err error) {
	for _, name := range c.Checkpoint {
		b, err := os.ReadFile(name)
		if err != nil {
			return nil, wrongFlag("checkpoint", "không đọc được tệp "+name)
		}
		notes = append(notes, dseal.Note(b))
	}
	return notes, nil
}

// verifyBundle needs no data, no server and no secret.
func (c verifyCommand) verifyBundle(e *env, trust *seal.Trust) error {
	if err := c.useAreas(); err != nil {
		return err
	}
	set, err := c.load()
	if err != nil {
		return err
	}
	data, err := os.ReadFile(c.Bundle)
	if errors.Is(err, fs.ErrNotExist) {
		return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: "không có tệp " + c.Bundle}
	}
	if err != nil {
		return unusable(err)
	}
	b, err := seal.Parse(data)
	if err != nil {
		return err
	}
	v, events := b.Check(*trust)
	if v.OK && b.Figure != nil {
		b.CheckFigure(set.catalog, events, &v)
	}
	if c.Format == "table" {
		fmt.Fprintf(e.out, "Hồ sơ %s: %s\n", b.Case, proven(b, v))
	}
	return c.answer(e, v)
}

func proven(b seal.Bundle, v seal.Verdict) string {
	if b.Figure == nil {
		return fmt.Sprintf("%d sự kiện", v.Events)
	}
	return fmt.Sprintf("%s = %d trong lần phát hành %d, từ %d sự kiện", b.Figure.Indicator, b.Figure.Value, b.Figure.Issue, len(b.Figure.Parts))
}

var errNotVerified = &domain.Error{Kind: domain.Rejected, Code: "verify.failed", Msg: "không chứng minh được rằng mọi thứ còn như cũ"}

// answer prints a verdict. What is not as it was is an error, too, for scripts that look at the exit code.
func (c verifyCommand) answer(e *env, v seal.Verdict) error {
	if c.Format == "json" {
		if err := writeJSON(e.out, v); err != nil {
			return err
		}
	} else {
		c.say(e, v)
	}
	if !v.OK {
		return errNotVerified
	}
	return nil
}

func (c verifyCommand) say(e *env, v seal.Verdict) {
	n := func(n uint64) string { return report.Number(int64(n)) }
	fmt.Fprintf(e.out, "Đã đọc %s sự kiện; gốc của %s sự kiện: %s\n", n(v.Events), n(uint64(v.Position)), v.Root)
	fmt.Fprintf(e.out, "Dấu niêm phong đúng: %s; niêm phong đến vị trí %s\n", n(uint64(v.Checkpoints)), n(uint64(v.Sealed)))
	if c.Bundle == "" {
		fmt.Fprintf(e.out, "Báo cáo đã phát hành, lập lại đúng như khi đó: %d; số liệu mở ra, cộng đúng từ các sự kiện: %s\n", v.Reports, n(uint64(v.Figures)))
	}
	if v.Documents > 0 {
		fmt.Fprintf(e.out, "Tài liệu đính kèm, nội dung đúng với mã băm: %s\n", n(uint64(v.Documents)))
	}
	for _, p := range v.Problems {
		at := ""
		if p.Position != 0 {
			at = " (vị trí " + n(uint64(p.Position)) + ")"
		}
		fmt.Fprintf(e.out, "- %s%s [%s]\n", p.Message, at, p.Code)
	}
	if v.OK {
		fmt.Fprintln(e.out, "Mọi thứ còn như cũ.")
	}
}
