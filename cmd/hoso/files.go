package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"hoso/adapters/filelog"
	"hoso/adapters/sqlitefile"
	"hoso/domain"
)

// kept are the folders of a data directory whose SQLite files are made from nothing else: who saw whose data, and how people
// sign in. Views are not: they are made again.
var kept = []string{"access", "signin"}

// keptFiles opens copies of those files as they are now, and returns how to take the copies away.
func (a *app) keptFiles(ctx context.Context) (all map[string]io.Reader, done func(), err error) {
	var found []string
	for _, folder := range kept {
		more, err := filepath.Glob(filepath.Join(a.dir, folder, "*.db"))
		if err != nil {
			return nil, nil, err
		}
		found = append(found, more...)
	}
	if len(found) == 0 {
		return nil, func() {}, nil
	}
	dir, err := os.MkdirTemp(a.dir, ".backup-*")
	if err != nil {
		return nil, nil, unusable(err)
	}
	var open []*os.File
	done = func() {
		for _, f := range open {
			_ = f.Close()
		}
		_ = os.RemoveAll(dir)
	}
	all = map[string]io.Reader{}
	for n, path := range found {
		to := filepath.Join(dir, strconv.Itoa(n))
		err := sqlitefile.Copy(ctx, path, to)
		var f *os.File
		if err == nil {
			f, err = os.Open(to)
		}
		if err != nil {
			done()
			return nil, nil, unusable(err)
		}
		open = append(open, f)
		all[filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path)] = f
	}
	return all, done, nil
}

var strangeFile = &domain.Error{Kind: domain.Rejected, Code: "backup.unknown_file", Msg: "bản sao lưu có tệp mà chương trình này không biết; hãy dùng chương trình mới hơn"}

// restoreFiles writes those files into a directory, whole and on disk.
func restoreFiles(dir string, f *filelog.File) (err error) {
	var to *os.File
	name := ""
	end := func() error {
		if to == nil {
			return nil
		}
		err := errors.Join(to.Sync(), to.Close())
		to = nil
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	for part, err := range f.Files() {
		if err != nil {
			return err
		}
		if part.Name != name {
			if err := end(); err != nil {
				return unusable(err)
			}
			folder, base := filepath.Split(filepath.FromSlash(part.Name))
			if name = part.Name; !slices.Contains(kept, filepath.Clean(folder)) || !filepath.IsLocal(base) || filepath.Ext(base) != ".db" {
				return strangeFile
			}
			if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
				return unusable(err)
			}
			if to, err = os.OpenFile(filepath.Join(dir, folder, base), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
				return unusable(err)
			}
		}
		if _, err := to.Write(part.Value); err != nil {
			return unusable(err)
		}
	}
	return nil
}
