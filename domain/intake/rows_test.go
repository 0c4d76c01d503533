package intake_test

import (
	"slices"
	"testing"

	"hoso/domain/catalog"
	"hoso/domain/intake"
)

func TestRowsBecomeLines(t *testing.T) {
	t.Parallel()
	c, _ := catalog.All().Command("unemployment.file")
	header := []string{"LENH", "hồ sơ", "Ngày xảy ra", "Người lao động*", "Xa, phuong cu tru", "sex", "Năm sinh", "channel", "residence", "Số tháng đã đóng bảo hiểm", "Ngày chấm dứt hợp đồng hoặc việc làm", "Năm sinh", "?"}
	at := intake.Map(c, header)
	if at[11] != -1 || at[12] != -1 || slices.Contains(at[:11], -1) {
		t.Fatalf("mapped %v", at)
	}
	for _, row := range []struct {
		cells []string
		want  string
	}{
		{[]string{"", "TN-1", "03/4/2024", "P-1", "Xã Hữu Khánh", "female", "1985", "direct", "own", "1.036", "45385", "1", "2"},
			`{"case":"TN-1","command":"unemployment.file","data":{"birth_year":1985,"channel":"direct","commune":"Xã Hữu Khánh","ended":"2024-04-03","months_paid":1036,"person":"P-1","residence":"own","sex":"female"},"occurred":"2024-04-03"}`},
		{[]string{"unemployment.file", "", " "}, ""},
		{[]string{"unemployment.decide", "TN-1", "hôm qua", "", "", "", "chín"},
			`{"case":"TN-1","command":"unemployment.decide","data":{"birth_year":"chín"},"occurred":"hôm qua"}`},
	} {
		if got, err := intake.LineOf(c, at, row.cells); err != nil || string(got) != row.want {
			t.Errorf("%v, %v:\n got %s\nwant %s", row.cells, err, got, row.want)
		}
	}
}
