package main

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"

	"hoso/adapters/tablefile"
	"hoso/domain"
	"hoso/domain/catalog"
	"hoso/domain/intake"
)

func isTable(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	return ext == ".csv" || ext == ".xlsx"
}

var noCommand = &domain.Error{Kind: domain.Usage, Code: "import.no_command",
	Msg: "bảng không nói là ghi việc gì: cần cột Lệnh (như trong tệp mẫu) có cùng một lệnh ở mọi dòng, hoặc --command"}

// table turns a table into lines. The numbers of refused lines are those of the table's rows.
func (c importCommand) table(in io.ReadCloser) (io.ReadCloser, int64, error) {
	defer in.Close()
	content, err := io.ReadAll(io.LimitReader(in, tablefile.MaxBytes+1))
	if err != nil {
		return nil, 0, noFile(err)
	}
	rows, err := tablefile.Read(content)
	if err != nil {
		return nil, 0, err
	}
	known := catalog.All()
	command, ok := intake.CommandOf(known, rows)
	if c.Command != "" {
		command, ok = known.Command(c.Command)
	}
	if !ok || command.Own {
		return nil, 0, noCommand
	}
	lines, err := intake.Table(command, intake.Map(command, rows[0]), rows)
	return io.NopCloser(bytes.NewReader(lines)), int64(len(lines)), err
}
