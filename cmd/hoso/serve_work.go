package main

import (
	"context"

	"hoso/adapters/tablefile"
)

// tables reads and writes the tables of the import page.
type tables struct{}

func (tables) Read(content []byte) ([][]string, error) { return tablefile.Read(content) }
func (tables) CSV(rows [][]string) []byte              { return tablefile.CSV(rows) }
func (tables) Template(sheet string, header, notes []string, values [][]string) ([]byte, error) {
	return tablefile.Template(sheet, header, notes, values)
}

// prepareSearch keeps the names in memory up to date, until the context ends.
func (a *app) prepareSearch(ctx context.Context, warn func(string)) {
	a.search.Follow(ctx, func() <-chan struct{} { _, next := a.runner.Changed(); return next }, func(err error) {
		warn("chưa chuẩn bị xong việc tìm kiếm: " + err.Error())
	})
}
