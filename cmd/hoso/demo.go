package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"hoso/adapters/yamlfigures"
	"hoso/domain"
	"hoso/domain/calendar"
	"hoso/domain/catalog"
	"hoso/domain/intake"
	"hoso/domain/sample"
	"hoso/projections/figures"
	"hoso/projections/report"
)

type demoCommand struct {
	Listen  string `help:"Địa chỉ phục vụ; cổng 0 là cổng bất kỳ còn trống." default:":8080" placeholder:"ADDR"`
	Data    string `help:"Thư mục dữ liệu mới; không nêu là thư mục tạm, xóa khi kết thúc." type:"path" placeholder:"DIR"`
	Seed    uint64 `help:"Hạt giống của dữ liệu mẫu." default:"1"`
	NoServe bool   `help:"In báo cáo rồi kết thúc."`
}

// demoMonth is the month of the embedded figures file.
var demoMonth = calendar.Month{Year: 2024, Month: 4}

// Run makes a sample province, prints its report and serves it.
func (c demoCommand) Run(ctx context.Context, e *env) (err error) {
	plan, _, err := yamlfigures.Parse(yamlfigures.LangSonApril2024, catalog.All(), catalog.Agreed)
	if err != nil {
		return err
	}
	dir := c.Data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "hoso-demo-"); err != nil {
			return unusable(err)
		}
		defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	} else if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return &domain.Error{Kind: domain.Usage, Code: "demo.not_empty", Msg: "thư mục " + dir + " đã có dữ liệu; dữ liệu mẫu chỉ vào thư mục trống"}
	}
	a, err := e.openNew(ctx, alone(dir))
	if err != nil {
		return err
	}
	defer a.close()
	if err := a.fill(ctx, e, plan, c.Seed); err != nil {
		return err
	}
	if err := a.catchUp(ctx, e); err != nil {
		return err
	}
	r, err := a.report(ctx, "", figures.Query{Month: demoMonth, Area: plan.Province})
	if err != nil {
		return err
	}
	if err := report.WriteText(e.out, r); err != nil || c.NoServe {
		return err
	}
	fmt.Fprintln(e.out)
	if err := a.demoAccounts(ctx, e); err != nil {
		return err
	}
	return a.serve(ctx, e, listenFlags{Listen: c.Listen}, sealingFlags{SealEvents: 1000, SealEvery: 10 * time.Minute})
}

// fill imports the sample. Every line of it must go in.
func (a *app) fill(ctx context.Context, e *env, plan sample.Plan, seed uint64) error {
	lines, w := io.Pipe()
	go func() { w.CloseWithError(sample.Write(w, a.catalog, plan, seed)) }()
	defer lines.Close()
	var first *intake.Refusal
	bar := e.progress("Tạo dữ liệu mẫu", -1)
	defer bar.done()
	s, err := a.importer().Run(ctx, &counted{lines, e, bar, 0}, func(r intake.Refusal) {
		if first == nil {
			first = &r
		}
	})
	if err == nil && first != nil {
		err = fmt.Errorf("%d lines of the sample were refused, among them line %d: %s %s", s.Refused, first.Line, first.Code, first.Reason)
	}
	return err
}
