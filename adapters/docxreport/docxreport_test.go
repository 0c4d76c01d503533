package docxreport_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"image"
	"image/png"
	"io"
	"strings"
	"testing"

	"hoso/adapters/docxreport"
	"hoso/projections/report"
	"hoso/projections/report/chart"
	"hoso/projections/report/reporttest"
)

func paint(chart.Chart) ([]byte, error) {
	var b bytes.Buffer
	err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2160, 975)))
	return b.Bytes(), err
}

// parts writes a report twice, and reads the files of the package, each of which has to be XML or a picture.
func parts(t *testing.T, r report.Report) map[string]string {
	t.Helper()
	var one, two bytes.Buffer
	for _, w := range []*bytes.Buffer{&one, &two} {
		if err := docxreport.Write(w, r, paint); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Fatal("the same report gave different bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		all[f.Name] = string(content)
		if strings.HasSuffix(f.Name, ".png") {
			continue
		}
		for d := xml.NewDecoder(bytes.NewReader(content)); ; {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s is no XML: %v", f.Name, err)
			}
		}
	}
	return all
}

func TestTheNineParts(t *testing.T) {
	t.Parallel()
	all := parts(t, reporttest.Sample())
	doc := all["word/document.xml"]
	for _, part := range []string{
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", // the state
		"UBND TỈNH LẠNG SƠN", "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", // the office and the body above it
		"Số: 123/BC-SLĐTBXH", "Lạng Sơn, ngày 03 tháng 5 năm 2024", // number, place and date
		"BÁO CÁO", "Kết quả công tác lao động, người có công và xã hội tháng 4 năm 2024", // what it is about
		"Tiếp nhận 451 hồ sơ", "2. Người có công (15/3/2024 – 14/4/2024)", // the body
		"KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nông Văn Thử", // who signs
		"Nơi nhận:", "- UBND tỉnh Lạng Sơn (để báo cáo);", "- Lưu: VT.", // who gets it
		"PHỤ LỤC SỐ LIỆU", "8.510,8", "-61,25%", "KIỂM TRA SỐ LIỆU", "LƯU Ý", "Hồ sơ đề nghị hưởng: 451 / 1.164",
	} {
		if !strings.Contains(doc, part) {
			t.Errorf("the document lacks %q", part)
		}
	}
	if !strings.Contains(doc, "<w:tblHeader/>") || !strings.Contains(doc, `w:w="11906" w:h="16838"`) || !strings.Contains(doc, "<w:titlePg/>") {
		t.Error("header rows, A4 or the first page without a number are missing")
	}
	if !strings.Contains(all["word/header1.xml"], " PAGE ") || strings.Contains(all["word/header2.xml"], "PAGE") {
		t.Error("page numbers begin on the second page")
	}
	if !strings.Contains(all["docProps/core.xml"], "2024-05-03T00:00:00Z") {
		t.Error("the document's time is that of the report")
	}
	if all["word/media/chart1.png"] == "" {
		t.Error("the chart is missing")
	}
}

func TestADraftLeavesOpenWhatIsNotKnown(t *testing.T) {
	t.Parallel()
	r := reporttest.Sample()
	r.Paper = report.Paper{Symbol: "BC-SNV"}
	doc := parts(t, r)["word/document.xml"]
	for _, part := range []string{"Số: ……/BC-SNV", "……, ngày …… tháng …… năm 2024", "GIÁM ĐỐC"} {
		if !strings.Contains(doc, part) {
			t.Errorf("the draft lacks %q", part)
		}
	}
}

func TestTextsStayTexts(t *testing.T) {
	t.Parallel()
	if doc := parts(t, reporttest.Hostile())["word/document.xml"]; strings.Contains(doc, "<script") || strings.Contains(doc, "</w:r><w:p/>") {
		t.Error("a text became markup")
	}
}

func TestTheSameOnEveryMachine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := docxreport.Write(&b, reporttest.Sample(), paint); err != nil {
		t.Fatal(err)
	}
	reporttest.Same(t, "docx", b.Bytes())
}
