package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"

	"hoso/adapters/yamlfigures"
	"hoso/domain/catalog"
	"hoso/domain/sample"
)

type sampleCommand struct {
	settingsFlags
	Figures string `required:"" help:"Tệp số liệu (YAML); - là đầu vào chuẩn." placeholder:"FILE"`
	Seed    uint64 `help:"Hạt giống: cùng tệp và cùng hạt giống cho cùng kết quả." default:"1"`
	Out     string `help:"Ghi vào tệp thay vì ra màn hình." placeholder:"FILE"`
}

// Run writes case actions of invented people that add up to the figures of a file.
func (c sampleCommand) Run(_ context.Context, e *env) error {
	var b []byte
	var err error
	if c.Figures == "-" {
		b, err = io.ReadAll(e.in)
	} else {
		b, err = os.ReadFile(c.Figures)
	}
	if err != nil {
		return noFile(err)
	}
	set, err := c.load()
	if err != nil {
		return err
	}
	plan, skipped, err := yamlfigures.Parse(b, set.catalog, catalog.Agreed)
	if err != nil {
		return err
	}
	for _, s := range skipped {
		fmt.Fprintf(e.err, "hoso: bỏ qua %s: chưa có loại hồ sơ nào đếm chỉ tiêu này\n", s)
	}
	return e.output(c.Out, func(w io.Writer) error {
		out := bufio.NewWriter(w)
		if err := sample.Write(out, set.catalog, plan, c.Seed); err != nil {
			return err
		}
		return out.Flush()
	})
}
