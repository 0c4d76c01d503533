package unemployment

import (
	"io/fs"
	"testing/fstest"

	"hoso/domain/law"
)

// holidays are those that the tests meet: the shipped file begins in 2023 and may still be amended.
const holidays = `date,kind,name,source,verified
2015-01-01,off,Tết Dương lịch,Bộ luật Lao động 10/2012 Đ115,no
2015-04-28,off,Giỗ Tổ Hùng Vương,Bộ luật Lao động 10/2012 Đ115,no
2015-04-30,off,Ngày Chiến thắng,Bộ luật Lao động 10/2012 Đ115,no
2015-05-01,off,Quốc tế Lao động,Bộ luật Lao động 10/2012 Đ115,no
2015-09-02,off,Quốc khánh,Bộ luật Lao động 10/2012 Đ115,no
2024-04-18,off,Giỗ Tổ Hùng Vương,Bộ luật Lao động 45/2019 Đ112,no
2024-04-30,off,Ngày Chiến thắng,Bộ luật Lao động 45/2019 Đ112,no
2024-05-01,off,Quốc tế Lao động,Bộ luật Lao động 45/2019 Đ112,no
2026-01-01,off,Tết Dương lịch,Bộ luật Lao động 45/2019 Đ112,no
`

// tested is the shipped law with these holidays.
var tested = func() *law.Law {
	files := fstest.MapFS{}
	names, err := fs.Glob(law.Files(), "*.csv")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		b, err := fs.ReadFile(law.Files(), name)
		if err != nil {
			panic(err)
		}
		files[name] = &fstest.MapFile{Data: b}
	}
	files["holidays.csv"] = &fstest.MapFile{Data: []byte(holidays)}
	l, err := law.Read(files)
	if err != nil {
		panic(err)
	}
	return l
}()
