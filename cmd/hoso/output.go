package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// output writes to a file, or to standard output where none is named ("" or "-"). A file that is there stays as it is until
// the new one is whole; what is no file (a device, a pipe) is written to.
func (e *env) output(path string, write func(io.Writer) error) error {
	if path == "" || path == "-" {
		return write(e.out)
	}
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*") // readable by its owner alone
	if err != nil {
		return err
	}
	err = errors.Join(write(f), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
