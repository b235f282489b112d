package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// process is a container that is a local process.
type process struct {
	cmd      *exec.Cmd
	overran  atomic.Bool // killed for its memory
	finished chan struct{}
}

// startProcess runs the container's own command and args or, as in Kubernetes, the image's. All
// pods share one network stack, so the process is told its pod address: HOST and SERVER_ADDRESS.
func (r *containerRuntime) startProcess(b *behaviour, c *runtimeapi.ContainerConfig, ip string, t *task) (*process, error) {
	line := b.Command
	if len(c.Command) > 0 {
		line = c.Command
	}
	line = append(append([]string{}, line...), c.Args...)
	view, err := json.Marshal(viewOf(r.node, b, c))
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(r.node.viewCommand, append([]string{string(view)}, line...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + b.Dir, "HOST=" + ip, "SERVER_ADDRESS=" + ip}
	for _, e := range c.Envs {
		// All addresses of a pod: in a network stack of its own, that would be this one.
		if e.Key == "HOST" && net.ParseIP(string(e.Value)).IsUnspecified() {
			continue
		}
		cmd.Env = append(cmd.Env, e.Key+"="+string(e.Value))
	}
	cmd.Stdout, cmd.Stderr = t.log.stream("stdout"), t.log.stream("stderr")
	// As in a container the process has id 1: its end is the end of all its children, and SIGTERM
	// does nothing unless it listens.
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Setpgid: true, Pdeathsig: syscall.SIGKILL, Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("failed to create containerd task: exec: %w", err)
	}
	return &process{cmd: cmd, finished: make(chan struct{})}, nil
}

// reap waits for the process; its end is the container's end.
func (r *containerRuntime) reap(id string, t *task) {
	t.process.cmd.Wait()
	close(t.process.finished)
	code, reason := exitCode(t.process.cmd), ""
	if t.process.overran.Load() {
		code, reason = 137, "OOMKilled"
	}
	r.exited(id, code, reason, "")
}

func exitCode(cmd *exec.Cmd) int32 {
	state := cmd.ProcessState
	if state == nil {
		return 1
	}
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		return 128 + int32(ws.Signal())
	}
	return int32(state.ExitCode())
}

// terminate sends SIGTERM, waits for the grace period and then sends SIGKILL.
func (p *process) terminate(grace time.Duration) {
	p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.finished:
	case <-time.After(grace):
	}
	p.kill()
}

func (p *process) kill() { p.cmd.Process.Kill() }

// execIn runs a probe's or hook's command with the container's environment, files and folder.
func (p *process) execIn(line []string, timeout time.Duration) ([]byte, []byte, error) {
	target := fmt.Sprint(p.cmd.Process.Pid)
	cmd := exec.Command("nsenter", append([]string{"--target", target, "--mount", "--pid", "--root", "--wd", "--"}, line...)...)
	cmd.Env = p.cmd.Env
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	// What the command leaves in the background must not hold up the probe.
	cmd.WaitDelay = 500 * time.Millisecond
	var out, errOut strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Start(); err != nil {
		return nil, []byte(err.Error()), exitError{127}
	}
	if timeout > 0 {
		timer := time.AfterFunc(timeout, func() { syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
		defer timer.Stop()
	}
	cmd.Wait()
	if code := exitCode(cmd); code != 0 {
		return []byte(out.String()), []byte(errOut.String()), exitError{int(code)}
	}
	return []byte(out.String()), []byte(errOut.String()), nil
}
