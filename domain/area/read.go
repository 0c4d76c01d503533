package area

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hoso/domain/table"
)

var columns = []string{"code", "kind", "name", "parent", "from", "to", "successors", "source", "verified"}

// kinds are the words before a name, by level.
var kinds = map[Level][]string{
	Province: {"tỉnh", "thành phố"},
	District: {"huyện", "thành phố", "thị xã", "quận"},
	Commune:  {"xã", "phường", "thị trấn", "đặc khu"},
}

// link is what a row says about other rows, which are checked once all are read.
type link struct {
	unit       Unit
	row        *table.Row
	successors []Code
}

// Read reads the files of a folder, one for each province and named by its code: "20.csv". A wrong one is an error that
// names file, line and reason.
func Read(files fs.FS) (*Units, error) {
	all, err := fs.Glob(files, "*.csv")
	if err != nil || len(all) == 0 {
		return nil, table.Mistake("*.csv", 0, "không có tệp đơn vị hành chính nào")
	}
	s := &Units{byCode: map[Code][]Unit{}, names: map[id]names{}, successors: map[id][]Unit{}, predecessors: map[id][]Unit{}}
	var links []link
	for _, name := range all {
		province := Code(strings.TrimSuffix(name, ".csv"))
		if l, ok := level(province); !ok || l != Province {
			return nil, table.Mistake(name, 0, "tên tệp phải là mã tỉnh hai chữ số")
		}
		err := table.Read(files, name, columns, func(r *table.Row) { links = append(links, s.add(r, province)) })
		if err != nil {
			return nil, err
		}
		if len(s.byCode[province]) == 0 {
			return nil, table.Mistake(name, 1, "thiếu dòng của tỉnh %s", province)
		}
	}
	for _, units := range s.byCode {
		slices.SortFunc(units, order)
	}
	for _, l := range links {
		if err := s.check(l); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// add reads a row by itself.
func (s *Units) add(r *table.Row, province Code) link {
	u := Unit{Code: Code(r.Text("code")), Province: province, Parent: Code(r.Optional("parent")), Valid: r.Valid(), Source: r.Source()}
	var ok bool
	if u.Level, ok = level(u.Code); !ok {
		r.Fail("cột code phải là mã có 2, 3 hoặc 5 chữ số")
	}
	kind := r.OneOf("kind", kinds[u.Level]...)
	name := r.Text("name")
	u.Name = sentence(kind) + " " + name
	if (u.Level == Province) != (u.Code == province) {
		r.Fail("mỗi tệp có đúng một tỉnh, mang mã của tên tệp")
	}
	for _, other := range s.byCode[u.Code] {
		if other.Valid.From <= u.Valid.To && u.Valid.From <= other.Valid.To {
			r.Fail("mã %s chỉ hai đơn vị trong cùng một ngày", u.Code)
		}
	}
	s.byCode[u.Code] = append(s.byCode[u.Code], u)
	s.names[u.id()] = namesOf(kind, name)
	l := link{unit: u, row: r}
	for _, c := range strings.Fields(r.Optional("successors")) {
		l.successors = append(l.successors, Code(c))
	}
	return l
}

// check reads what a row says about others.
func (s *Units) check(l link) error {
	u := l.unit
	wrong := func(format string, args ...any) error { return table.Mistake(l.row.File, l.row.Line, format, args...) }
	above, ok := s.byCode[u.Parent]
	covers := func(p Unit) bool {
		return p.Level < u.Level && p.Province == u.Province && p.Valid.From <= u.Valid.From && u.Valid.To <= p.Valid.To
	}
	switch ends := u.Valid.To != table.Forever; {
	case u.Level == Province && (ok || u.Parent != ""):
		return wrong("tỉnh không có đơn vị cấp trên")
	case u.Level != Province && !slices.ContainsFunc(above, covers):
		return wrong("cột parent: không có đơn vị cấp trên mang mã này trong suốt thời gian của đơn vị")
	case u.Level == Commune && ends && len(l.successors) == 0:
		return wrong("cột successors trống: xã đã kết thúc thì phải nêu đã nhập vào đâu")
	case (u.Level != Commune || !ends) && len(l.successors) > 0:
		return wrong("cột successors chỉ dành cho xã đã kết thúc")
	}
	for _, c := range l.successors {
		next, ok := s.Find(c, u.Valid.To.AddDays(1))
		if !ok || next.Level != Commune || slices.ContainsFunc(s.successors[u.id()], next.Is) {
			return wrong("cột successors: %s không phải một xã có từ ngày hôm sau, hoặc nêu hai lần", c)
		}
		s.successors[u.id()] = append(s.successors[u.id()], next)
		s.predecessors[next.id()] = append(s.predecessors[next.id()], u)
	}
	return nil
}

// sentence returns a text with a capital at its start.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
