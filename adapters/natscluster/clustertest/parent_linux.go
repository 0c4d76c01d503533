package clustertest

import (
	"os/exec"
	"syscall"
)

// endWithParent has the server end with the test program, however that ends.
func endWithParent(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
