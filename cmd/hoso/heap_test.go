package main

import (
	"os"
	"path/filepath"
	"testing"
)

func TestMemoryOf(t *testing.T) {
	t.Parallel()
	const total = "MemTotal:        8000000 kB\nMemFree:         1000000 kB\n"
	for name, c := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"the machine's":           {map[string]string{"proc/meminfo": total}, 8_000_000 << 10},
		"nobody knows":            {nil, 0},
		"a group without a limit": {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "0::/a.service\n", "sys/fs/cgroup/a.service/memory.max": "max\n"}, 8_000_000 << 10},
		"a group's":               {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/a.service/memory.max": "536870912\n"}, 512 << 20},
		"that of a group above":   {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "0::/system.slice/a.service\n", "sys/fs/cgroup/system.slice/memory.max": "536870912\n"}, 512 << 20},
		"a container's":           {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "268435456\n"}, 256 << 20},
		"a group's of version 1":  {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "8:cpu:/\n4:memory:/a\n", "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "268435456\n"}, 256 << 20},
		"more than there is":      {map[string]string{"proc/meminfo": total, "proc/self/cgroup": "4:memory:/a\n", "sys/fs/cgroup/memory/a/memory.limit_in_bytes": "9223372036854771712\n"}, 8_000_000 << 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			for file, text := range c.files {
				if err := os.MkdirAll(filepath.Join(root, filepath.Dir(file)), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(root, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if got := memoryOf(root); got != c.want {
				t.Errorf("%d, want %d", got, c.want)
			}
		})
	}
}
