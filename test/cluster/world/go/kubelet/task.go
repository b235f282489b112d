package main

import (
	"context"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// task is a running container.
type task struct {
	process *process // nil for a script
	log     *criLog
	done    chan struct{} // closed when the container has exited
	once    sync.Once
}

func (t *task) end() { t.once.Do(func() { close(t.done) }) }

func (r *containerRuntime) StartContainer(_ context.Context, id string) error {
	r.Lock()
	c := r.Containers[id]
	if c == nil {
		r.Unlock()
		return status.Errorf(codes.NotFound, "an error occurred when try to find container %q: not found", id)
	}
	labels, image, attempt := c.Labels, c.Image.UserSpecifiedImage, int(c.Metadata.Attempt)
	logPath, ip := c.LogPath, r.Sandboxes[c.SandboxID].Network.Ip
	r.Unlock()
	if ip == "" {
		ip = r.node.ip
	}
	r.mu.Lock()
	config := r.configs[id]
	r.mu.Unlock()

	current := func() *behaviour { return r.behaviours.ofContainer(labels, image) }
	b := current()
	if b.StartErr != "" {
		r.startFailed(id, b.StartErr)
		return status.Error(codes.Unknown, b.StartErr)
	}
	log, err := openLog(logPath)
	if err != nil {
		return err
	}
	t := &task{log: log, done: make(chan struct{})}
	if len(b.Command) > 0 {
		if t.process, err = r.startProcess(b, config, ip, t); err != nil {
			log.close()
			r.startFailed(id, err.Error())
			return status.Error(codes.Unknown, err.Error())
		}
	}
	r.started(id, t)
	if t.process != nil {
		go r.reap(id, t)
		go watchMemory(t, config.GetLinux().GetResources().GetMemoryLimitInBytes())
	} else {
		log.print(b.Log)
		for _, port := range scriptPorts(b, config) {
			go serve(ip, port, b, current, t.done)
		}
	}
	go r.exitOnDemand(id, t, attempt, current)
	return nil
}

func (r *containerRuntime) started(id string, t *task) {
	r.Lock()
	if c := r.Containers[id]; c != nil {
		c.State, c.StartedAt = runtimeapi.ContainerState_CONTAINER_RUNNING, time.Now().UnixNano()
	}
	r.Unlock()
	r.mu.Lock()
	r.running[id] = t
	r.mu.Unlock()
}

// startFailed leaves what containerd leaves: a task exited with StartError, code 128.
func (r *containerRuntime) startFailed(id, message string) {
	r.Lock()
	defer r.Unlock()
	if c := r.Containers[id]; c != nil {
		c.State, c.StartedAt, c.FinishedAt = runtimeapi.ContainerState_CONTAINER_EXITED, 0, time.Now().UnixNano()
		c.ExitCode, c.Reason, c.Message = 128, "StartError", message
	}
}

// exitOnDemand follows behaviour.json while the container runs.
func (r *containerRuntime) exitOnDemand(id string, t *task, attempt int, current func() *behaviour) {
	var since time.Time
	for {
		select {
		case <-t.done:
			return
		case <-time.After(200 * time.Millisecond):
		}
		b := current()
		if b.ExitAfter <= 0 || (b.ExitTimes > 0 && attempt >= b.ExitTimes) {
			since = time.Time{}
			continue
		}
		if since.IsZero() {
			since = time.Now()
		}
		if time.Since(since).Seconds() < b.ExitAfter {
			continue
		}
		r.exited(id, b.ExitCode, b.Reason, b.Message)
		return
	}
}

// exited records the first exit of a container and ends what is left of it.
func (r *containerRuntime) exited(id string, code int32, reason, message string) {
	r.mu.Lock()
	t := r.running[id]
	delete(r.running, id)
	r.mu.Unlock()
	if t == nil {
		return
	}
	t.end()
	if t.process != nil {
		t.process.kill()
	}
	t.log.close()
	if reason == "" {
		reason = exitReason(code)
	}
	r.Lock()
	defer r.Unlock()
	if c := r.Containers[id]; c != nil {
		c.State, c.FinishedAt = runtimeapi.ContainerState_CONTAINER_EXITED, time.Now().UnixNano()
		c.ExitCode, c.Reason, c.Message = code, reason, message
	}
}

func exitReason(code int32) string {
	if code == 0 {
		return "Completed"
	}
	return "Error"
}

func (r *containerRuntime) StopContainer(_ context.Context, id string, timeout int64) error {
	r.stop(id, time.Duration(timeout)*time.Second)
	return nil
}

func (r *containerRuntime) stop(id string, grace time.Duration) {
	r.mu.Lock()
	t := r.running[id]
	r.mu.Unlock()
	if t == nil {
		return
	}
	if t.process != nil {
		t.process.terminate(grace)
		<-t.done
		return
	}
	r.Lock()
	c := r.Containers[id]
	labels, image := c.Labels, c.Image.UserSpecifiedImage
	r.Unlock()
	b := r.behaviours.ofContainer(labels, image)
	delay, code := time.Duration(b.StopDelay*float64(time.Second)), b.StopCode
	if b.IgnoreTerm || delay > grace {
		delay, code = grace, 137
	}
	time.Sleep(delay)
	r.exited(id, code, "", "")
}

// killAll ends the processes of a node that is taken away in order.
func (r *containerRuntime) killAll() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.running {
		if t.process != nil {
			t.process.kill()
		}
	}
}
