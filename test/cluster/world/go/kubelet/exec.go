package main

import (
	"context"
	"fmt"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// ExecSync serves exec probes and lifecycle hooks.
func (r *containerRuntime) ExecSync(_ context.Context, id string, command []string, timeout time.Duration) ([]byte, []byte, error) {
	r.Lock()
	c := r.Containers[id]
	if c == nil {
		r.Unlock()
		return nil, nil, status.Error(codes.NotFound, "not found")
	}
	labels, image := c.Labels, c.Image.UserSpecifiedImage
	r.Unlock()
	r.mu.Lock()
	t := r.running[id]
	r.mu.Unlock()
	if t != nil && t.process != nil {
		return t.process.execIn(command, timeout)
	}
	if answer := r.behaviours.ofContainer(labels, image).Exec; answer != nil && answer.Code != 0 {
		return []byte(answer.Out), nil, exitError{answer.Code}
	}
	return nil, nil, nil
}

// exitError is k8s.io/utils/exec.ExitError, by which the kubelet tells a failed command from a
// command that could not be run.
type exitError struct{ code int }

func (e exitError) Error() string   { return fmt.Sprintf("command terminated with exit code %d", e.code) }
func (e exitError) String() string  { return e.Error() }
func (e exitError) Exited() bool    { return true }
func (e exitError) ExitStatus() int { return e.code }
