package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	apitest "k8s.io/cri-api/pkg/apis/testing"
)

// containerRuntime answers the kubelet like containerd. The book-keeping (lists, filters, removal)
// is Kubernetes' own FakeRuntimeService; its lock guards Containers and Sandboxes, ours `running`.
type containerRuntime struct {
	*apitest.FakeRuntimeService
	node       *node
	behaviours *behaviours

	mu      sync.Mutex
	configs map[string]*runtimeapi.ContainerConfig
	running map[string]*task
}

func newContainerRuntime(n *node, b *behaviours) *containerRuntime {
	return &containerRuntime{
		FakeRuntimeService: apitest.NewFakeRuntimeService(),
		node:               n,
		behaviours:         b,
		configs:            map[string]*runtimeapi.ContainerConfig{},
		running:            map[string]*task{},
	}
}

func (r *containerRuntime) Version(context.Context, string) (*runtimeapi.VersionResponse, error) {
	return &runtimeapi.VersionResponse{
		Version: "0.1.0", RuntimeName: "containerd", RuntimeVersion: "2.1.5", RuntimeApiVersion: "v1",
	}, nil
}

func (r *containerRuntime) Status(context.Context, bool) (*runtimeapi.StatusResponse, error) {
	return &runtimeapi.StatusResponse{
		Status: &runtimeapi.RuntimeStatus{Conditions: []*runtimeapi.RuntimeCondition{
			{Type: "RuntimeReady", Status: true}, {Type: "NetworkReady", Status: true},
		}},
		RuntimeHandlers: []*runtimeapi.RuntimeHandler{{
			Features: &runtimeapi.RuntimeHandlerFeatures{RecursiveReadOnlyMounts: true},
		}},
		Features: &runtimeapi.RuntimeFeatures{SupplementalGroupsPolicy: true},
	}, nil
}

func (r *containerRuntime) RunPodSandbox(_ context.Context, c *runtimeapi.PodSandboxConfig, handler string) (string, error) {
	id := newID()
	namespaces := c.GetLinux().GetSecurityContext().GetNamespaceOptions()
	r.Lock()
	defer r.Unlock()
	ip := ""
	if namespaces.GetNetwork() != runtimeapi.NamespaceMode_NODE {
		var err error
		if ip, err = r.freeAddress(); err != nil {
			return "", err
		}
	}
	r.Sandboxes[id] = &apitest.FakePodSandbox{RuntimeHandler: handler, PodSandboxStatus: runtimeapi.PodSandboxStatus{
		Id: id, Metadata: c.Metadata, State: runtimeapi.PodSandboxState_SANDBOX_READY, CreatedAt: time.Now().UnixNano(),
		Network:     &runtimeapi.PodSandboxNetworkStatus{Ip: ip},
		Linux:       &runtimeapi.LinuxPodSandboxStatus{Namespaces: &runtimeapi.Namespace{Options: namespaces}},
		Labels:      c.Labels,
		Annotations: c.Annotations, RuntimeHandler: handler,
	}}
	return id, nil
}

// freeAddress needs r.Lock. Addresses of stopped sandboxes are not reused until these are removed,
// so that a late request never reaches another pod.
func (r *containerRuntime) freeAddress() (string, error) {
	used := map[string]bool{}
	for _, sandbox := range r.Sandboxes {
		used[sandbox.Network.GetIp()] = true
	}
	for host := 2; host < 255; host++ {
		if ip := fmt.Sprintf("%s.%d", r.node.podNetwork, host); !used[ip] {
			return ip, nil
		}
	}
	return "", status.Error(codes.Unknown, "failed to set up sandbox: no free pod address")
}

func (r *containerRuntime) StopPodSandbox(_ context.Context, id string) error {
	r.Lock()
	var containers []string
	for key, c := range r.Containers {
		if c.SandboxID == id {
			containers = append(containers, key)
		}
	}
	if sandbox := r.Sandboxes[id]; sandbox != nil {
		sandbox.State = runtimeapi.PodSandboxState_SANDBOX_NOTREADY
	}
	r.Unlock()
	for _, key := range containers {
		r.stop(key, 0)
	}
	return nil
}

func (r *containerRuntime) RemoveContainer(ctx context.Context, id string) error {
	r.mu.Lock()
	delete(r.configs, id)
	r.mu.Unlock()
	return r.FakeRuntimeService.RemoveContainer(ctx, id)
}

func (r *containerRuntime) CreateContainer(_ context.Context, sandbox string, c *runtimeapi.ContainerConfig, s *runtimeapi.PodSandboxConfig) (string, error) {
	image := c.Image.UserSpecifiedImage
	if image == "" {
		image = c.Image.Image
	}
	if b := r.behaviours.ofContainer(c.Labels, image); b.CreateErr != "" {
		return "", status.Error(codes.Unknown, b.CreateErr)
	}
	logPath := filepath.Join(s.LogDirectory, c.LogPath)
	if err := os.MkdirAll(filepath.Dir(logPath), 0o755); err != nil {
		return "", err
	}
	id := newID()
	r.mu.Lock()
	r.configs[id] = c
	r.mu.Unlock()
	r.Lock()
	defer r.Unlock()
	r.Containers[id] = &apitest.FakeContainer{
		SandboxID:      sandbox,
		LinuxResources: c.GetLinux().GetResources(),
		ContainerStatus: runtimeapi.ContainerStatus{
			Id: id, Metadata: c.Metadata, State: runtimeapi.ContainerState_CONTAINER_CREATED, CreatedAt: time.Now().UnixNano(),
			Image:    &runtimeapi.ImageSpec{Image: image, UserSpecifiedImage: image},
			ImageRef: repository(image) + "@" + digest(image), ImageId: digest("id" + image),
			Labels: c.Labels, Annotations: c.Annotations, Mounts: c.Mounts, LogPath: logPath,
			Resources: &runtimeapi.ContainerResources{Linux: c.GetLinux().GetResources()},
			User:      containerUser(c),
		},
	}
	return id, nil
}

func containerUser(c *runtimeapi.ContainerConfig) *runtimeapi.ContainerUser {
	context := c.GetLinux().GetSecurityContext()
	user, group := context.GetRunAsUser().GetValue(), context.GetRunAsGroup().GetValue()
	return &runtimeapi.ContainerUser{Linux: &runtimeapi.LinuxContainerUser{
		Uid: user, Gid: group, SupplementalGroups: []int64{group},
	}}
}

// GetContainerEvents is never called: the kubelet polls, as it does by default.
func (r *containerRuntime) GetContainerEvents(context.Context, chan *runtimeapi.ContainerEventResponse, func(runtimeapi.RuntimeService_GetContainerEventsClient)) error {
	return status.Error(codes.Unimplemented, "no container events")
}

func newID() string {
	id := make([]byte, 32)
	rand.Read(id)
	return hex.EncodeToString(id)
}
