package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"hoso/domain"
)

// BenchmarkMillionNames looks through a million names in memory: the part of a search that grows with the people.
func BenchmarkMillionNames(b *testing.B) {
	n, r := newNames(), rand.New(rand.NewPCG(1, 1))
	parts := [][]string{
		strings.Fields("Nguyễn Nguyễn Nguyễn Hoàng Nông Lý Vi Đặng Triệu Lương Phan Trần Lê Phạm Vũ Bùi Đỗ Hồ Ngô Dương"),
		strings.Fields("Văn Thị Văn Thị Thúy Đức Minh Ngọc Thanh Hữu Quang Xuân Kim Hồng Bích Công Đình Duy Gia Hoài"),
		append(strings.Fields("Ánh Bảo Cẩm Diệu Hải Huy Lệ Mỹ Nhật Phương Quỳnh Thảo Tiến Trọng Tuấn Việt"), "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""),
		strings.Fields("An Ẩn Anh Bình Chi Dũng Đào Giang Hà Hòa Hoa Hùng Khánh Lan Linh Mai Nam Oanh Phúc Quý Sơn Tâm Uyên Vinh Xuân Yến Đạt Hạnh Hằng Hiền Hiếu Hương Huyền Khoa Kiên Long Loan Lộc Luân Lực Lương Mạnh My Nga Ngân Nghĩa Nhi Nhung Phong Phượng Quân Quyên Sáng Thái Thắng Thành Thịnh Thoa Thu Thủy Tín Toàn Trang Trí Trung Tú Tùng Vân Vy"),
	}
	for range 1_000_000 {
		name := ""
		for _, p := range parts {
			name += " " + p[r.IntN(len(p))]
		}
		n.put(domain.PersonID{UUID: uuid.New()}, 1, name)
	}
	for _, text := range []string{"nguyen", "Nguyễn Văn An", "nguyen van an", "an nguyen", "hoa", "lý thúy hoà", "đ", "khong co ai", "n v a"} {
		var took []time.Duration
		total := 0
		for range 40 {
			begun := time.Now()
			_, total = n.find(text, 40)
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		fmt.Printf("%-16s %7d found   p50 %6.1f ms   p95 %6.1f ms\n", text, total, float64(took[20].Microseconds())/1000, float64(took[38].Microseconds())/1000)
	}
}
