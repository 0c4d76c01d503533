package main

import "syscall"

func mount(dir, options string, again bool) error {
	var flags uintptr
	switch {
	case again && options == "ro":
		flags, options = syscall.MS_REMOUNT|syscall.MS_RDONLY, ""
	case again:
		flags, options = syscall.MS_REMOUNT, ""
	}
	return syscall.Mount("tmpfs", dir, "tmpfs", flags, options)
}

func unmount(dir string) { _ = syscall.Unmount(dir, syscall.MNT_DETACH) }
