package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestImportOfATable(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	people := write("people.csv", "Lệnh;Hồ sơ;Họ và tên;Ngày sinh;Số định danh cá nhân\nperson.register;P-1;Đặng Thị Thử;1985;020185001234\nperson.register;P-2;Vi Văn Thử;;12\n")
	if r := hoso(t, "import", "--data", data, people); r.code != 3 {
		t.Fatalf("%+v", r)
	}
	list, err := os.ReadFile(people + ".errors.jsonl")
	if err != nil || !strings.HasPrefix(string(list), `{"line":3,"field":"data.identity"`) {
		t.Errorf("refused rows: %s, %v", list, err)
	}
	claims := write("claims.csv", "Hồ sơ,Ngày xảy ra,Người lao động,\"Xã, phường cư trú\",Giới tính,Năm sinh,Hình thức nộp,Nơi cư trú,Số tháng đã đóng bảo hiểm\nTN-1,03/4/2024,P-1,Xã Hữu Khánh,female,1985,direct,own,36\n")
	if r := hoso(t, "import", "--data", data, claims); r.code != 2 || !strings.Contains(r.err, "import.no_command") {
		t.Errorf("of no command: %+v", r)
	}
	for _, want := range []string{"ghi mới 1, đã có 0", "ghi mới 0, đã có 1"} {
		if r := hoso(t, "import", "--data", data, "--command", "unemployment.file", claims); r.code != 0 || !strings.Contains(r.out, want) {
			t.Errorf("%+v, want %s", r, want)
		}
	}
}
