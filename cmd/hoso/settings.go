package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"hoso/adapters/yamlreport"
	"hoso/domain"
	"hoso/domain/area"
	"hoso/domain/catalog"
	"hoso/domain/law"
	"hoso/domain/table"
	"hoso/projections/report"
)

// settingsFlags say where an office's own files are. A folder that is not in the directory is taken as it is shipped; one
// that is there counts whole.
type settingsFlags struct {
	Settings string `help:"Thư mục cấu hình của cơ quan (law, areas, reports); không nêu là bản kèm theo chương trình, xem hoso settings." env:"HOSO_SETTINGS" type:"path" placeholder:"DIR"`
}

// shipped are the folders of settings as the program brings them.
var shipped = []struct {
	name  string
	files func() fs.FS
}{{"law", law.Files}, {"areas", area.Files}, {"reports", yamlreport.Files}}

// settings are what the files say.
type settings struct {
	catalog *domain.Catalog
	specs   report.Specs
	law     []law.Sheet // for people who look at it
}

// load reads and checks the settings; anything wrong in them stops the program before it touches any data.
func (s settingsFlags) load() (settings, error) {
	folders := map[string]fs.FS{}
	for _, f := range shipped {
		files, _, err := s.folder(f.name, f.files)
		if err != nil {
			return settings{}, err
		}
		folders[f.name] = files
	}
	if err := s.useAreas(); err != nil {
		return settings{}, err
	}
	l, err := law.Read(folders["law"])
	if err != nil {
		return settings{}, in("law", err)
	}
	c := catalog.Under(l)
	specs, err := yamlreport.Read(folders["reports"], c)
	if err != nil {
		return settings{}, in("reports", err)
	}
	sheets, err := law.Sheets(folders["law"])
	if err != nil {
		return settings{}, in("law", err)
	}
	return settings{c, specs, sheets}, nil
}

// folder returns the files of a folder, and whether they are the office's own.
func (s settingsFlags) folder(name string, shipped func() fs.FS) (files fs.FS, own bool, err error) {
	if s.Settings == "" {
		return shipped(), false, nil
	}
	if info, err := os.Stat(s.Settings); err != nil || !info.IsDir() {
		return nil, false, wrongFlag("settings", "không có thư mục "+s.Settings)
	}
	dir := filepath.Join(s.Settings, name)
	switch _, err := os.Stat(dir); {
	case errors.Is(err, fs.ErrNotExist):
		return shipped(), false, nil
	case err != nil:
		return nil, false, wrongFlag("settings", "không đọc được thư mục "+dir)
	}
	return os.DirFS(dir), true, nil
}

// useAreas replaces the shipped administrative units by the office's own, where it has any.
func (s settingsFlags) useAreas() error {
	files, own, err := s.folder("areas", area.Files)
	if err != nil || !own {
		return err
	}
	units, err := area.Read(files)
	var wrong *table.Error
	if errors.As(err, &wrong) {
		return in("areas", &domain.Error{Kind: domain.Invalid, Code: "area.wrong_file", Field: wrong.Where(), Msg: wrong.Reason})
	}
	if err == nil {
		area.Use(units)
	}
	return err
}

// in puts the folder before the file that an error names.
func in(folder string, err error) error {
	var own *domain.Error
	if errors.As(err, &own) && own.Field != "" {
		named := *own
		named.Field = path.Join(folder, own.Field)
		return &named
	}
	return fmt.Errorf("%s: %w", folder, err)
}

type settingsCommand struct {
	Dir string `arg:"" help:"Thư mục mới." type:"path" placeholder:"DIR"`
}

// Run writes the shipped files into a directory, for changing. Nothing that is there is overwritten.
func (c settingsCommand) Run(_ context.Context, e *env) error {
	for _, f := range shipped {
		to := filepath.Join(c.Dir, f.name)
		if _, err := os.Stat(to); err == nil {
			return &domain.Error{Kind: domain.Usage, Code: "settings.exists", Msg: "thư mục " + to + " đã có; không ghi đè"}
		}
	}
	for _, f := range shipped {
		to := filepath.Join(c.Dir, f.name)
		if err := os.MkdirAll(to, 0o755); err != nil {
			return unusable(err)
		}
		if err := os.CopyFS(to, f.files()); err != nil {
			return unusable(err)
		}
	}
	fmt.Fprintf(e.out, "Đã chép cấu hình vào %s; sửa rồi dùng với --settings %s\n", c.Dir, c.Dir)
	return nil
}
