//go:build linux || darwin

package natsserver

import "syscall"

// freeSpace returns how many bytes this process may still write in dir.
func freeSpace(dir string) (bytes uint64, ok bool) {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return 0, false
	}
	return s.Bavail * uint64(s.Bsize), true
}
