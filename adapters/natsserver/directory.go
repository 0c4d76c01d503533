package natsserver

import (
	"fmt"
	"os"
)

// probe makes the directory where it is not there, and writes a file in it: the server itself would only say that
// something is not writable.
func probe(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make the data directory: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil {
		return fmt.Errorf("protect the data directory: %w", err)
	}
	if free, ok := freeSpace(dir); ok && free < reserve {
		return full(fmt.Errorf("%d MiB left in %s, %d MiB needed", free>>20, dir, reserve>>20))
	}
	f, err := os.CreateTemp(dir, ".probe-*")
	if err != nil {
		return fmt.Errorf("write in the data directory: %w", err)
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(make([]byte, 4096)); err != nil {
		f.Close()
		return fmt.Errorf("write in the data directory: %w", err)
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return fmt.Errorf("write in the data directory: %w", err)
	}
	return f.Close()
}
