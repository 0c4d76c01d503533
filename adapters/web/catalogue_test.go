package web_test

import (
	"strings"
	"testing"
)

func TestCatalogues(t *testing.T) {
	p := lang(t)
	for path, parts := range map[string][]string{
		"":                              {"unemployment.claims", "hình thức (channel): ", "phát sinh trong kỳ", "Căn cứ", "Phiên bản"},
		"/su-kien":                      {"unemployment.filed", "account.granted", "Bản lưu"},
		"/don-vi?find=huu+khanh":        {"Hữu Khánh", "30/6/2025", "Sau đó thành"},
		"/don-vi?find=06550":            {"06550"},
		"/don-vi?find=khong+co+noi+nay": {"Không có gì khớp"},
		"/lich":                         {"15/12/2023", "14/01/2024", "01/02/2024", "29/02/2024"},
		"/phap-luat":                    {"Mức tiền", "3.100.000", "Lương tối thiểu vùng (minimum_wage)", "– hết hiệu lực", "✓ đang có hiệu lực", "○ chưa có hiệu lực", "○ chưa", "Thời hạn"},
		"/phap-luat?bang=5":             {"Thủ tục người có công", "NĐ 131/2021"},
		"/phap-luat?bang=99":            {"Mức tiền", "3.100.000"},
		"/don-vi":                       {"dòng nữa"},
	} {
		for _, as := range []string{"quan", "tham"} {
			res, body := p.visit(t, as, "/quan-tri/danh-muc"+path)
			body = strings.ReplaceAll(body, "<wbr>", "") // where a name may go over to the next line
			for _, part := range parts {
				if res.StatusCode != 200 || !strings.Contains(body, part) {
					t.Errorf("%s %s: %d, no %q", as, path, res.StatusCode, part)
				}
			}
		}
		if res, _ := p.visit(t, "lan", "/quan-tri/danh-muc"+path); res.StatusCode != 403 {
			t.Errorf("a caseworker at %s: %d", path, res.StatusCode)
		}
	}
}
