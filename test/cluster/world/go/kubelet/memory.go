package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// watchMemory plays the kernel's OOM killer: there is no cgroup to set the limit on. It reads the
// resident memory of the container's first process only.
func watchMemory(t *task, limit int64) {
	if limit <= 0 {
		return
	}
	for {
		select {
		case <-t.done:
			return
		case <-time.After(250 * time.Millisecond):
		}
		if resident(t.process.cmd.Process.Pid) > limit {
			t.process.overran.Store(true)
			t.process.kill()
			return
		}
	}
}

// resident is in bytes; 0 when the process is gone.
func resident(pid int) int64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		return 0
	}
	var size, pages int64
	if _, err := fmt.Fscan(strings.NewReader(string(text)), &size, &pages); err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
