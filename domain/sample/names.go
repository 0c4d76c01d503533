package sample

// All people are invented: families and given names that are common among the Kinh, Tày, Nùng and Dao of the north-east,
// joined by chance.
var (
	families = []string{"Hoàng", "Nông", "Lý", "Vi", "Lương", "Triệu", "Hứa", "Bế", "Đàm", "Lộc", "Chu", "Mã", "Phùng",
		"Dương", "Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng", "Linh", "Lăng", "Tô", "La", "Đinh", "Hà", "Ma", "Đoàn", "Âu", "Bàn"}
	middles = map[string][]string{
		"male":   {"Văn", "Đức", "Minh", "Quang", "Xuân", "Hữu", "Công", "Thanh"},
		"female": {"Thị", "Thị Thu", "Thị Bích", "Ngọc", "Thị Minh", "Kim", "Thị Hồng"},
	}
	givens = map[string][]string{
		"male": {"Slấn", "Páo", "Dũng", "Hùng", "Thắng", "Khánh", "Sơn", "Tuấn", "Hải", "Long", "Kiên", "Đạt", "Phúc", "Tài", "Chài",
			"Vượng", "Bảo", "Hiếu", "Thành", "Quý", "Lâm", "Khằm", "Trường"},
		"female": {"Hòa", "Thúy", "Lan", "Hương", "Mai", "Nhung", "Dung", "Thảo", "Yến", "Hạnh", "Nga", "Ói", "Slim", "Bích", "Loan",
			"Quyên", "Hiền", "Thơm", "Diễm", "Đào", "Nhình", "Vân", "Chuyên"},
	}
)
