package main

import (
	"fmt"
	"io"

	"hoso/adapters/docxreport"
	"hoso/adapters/htmlreport"
	"hoso/adapters/pdfreport"
	"hoso/adapters/pngchart"
	"hoso/adapters/xlsxreport"
	"hoso/domain"
	"hoso/projections/report"
	"hoso/projections/report/chart"
)

// binary are the formats that a terminal cannot show.
var binary = map[string]bool{"docx": true, "xlsx": true, "pdf": true}

func forFiles(format string) error {
	return &domain.Error{Kind: domain.Usage, Code: "usage", Msg: fmt.Sprintf("--format %s không hiện được trên màn hình: hãy ghi vào tệp bằng --out FILE", format)}
}

// write writes a report in a format. The events behind its figures are asked for where a format lists them.
func write(format string, w io.Writer, r report.Report, behind report.Behind) error {
	if binary[format] && isTerminal(w) {
		return forFiles(format)
	}
	switch format {
	case "json":
		return writeJSON(w, r)
	case "html":
		return htmlreport.Write(w, r)
	case "docx":
		return docxreport.Write(w, r, func(c chart.Chart) ([]byte, error) { return pngchart.Paint(c.Draw()) })
	case "xlsx":
		return xlsxreport.Write(w, r, behind)
	case "pdf":
		return pdfreport.Write(w, r)
	}
	return report.WriteText(w, r)
}
