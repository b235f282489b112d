package main

import (
	"context"
	"time"

	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	apitest "k8s.io/cri-api/pkg/apis/testing"
)

const imageFilesystem = "/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs"

// ListContainerStats feeds eviction: memory is measured for processes, told by behaviour.json
// otherwise.
func (r *containerRuntime) ListContainerStats(context.Context, *runtimeapi.ContainerStatsFilter) ([]*runtimeapi.ContainerStats, error) {
	r.Lock()
	defer r.Unlock()
	stats := []*runtimeapi.ContainerStats{}
	for _, c := range r.Containers {
		if c.State == runtimeapi.ContainerState_CONTAINER_RUNNING {
			stats = append(stats, r.statsOf(c))
		}
	}
	return stats, nil
}

func (r *containerRuntime) statsOf(c *apitest.FakeContainer) *runtimeapi.ContainerStats {
	b := r.behaviours.ofContainer(c.Labels, c.Image.UserSpecifiedImage)
	disk, memory := b.Disk, b.Memory
	if disk == 0 {
		disk = 48 << 10
	}
	r.mu.Lock()
	t := r.running[c.Id]
	r.mu.Unlock()
	if memory == 0 && t != nil && t.process != nil {
		memory = uint64(resident(t.process.cmd.Process.Pid))
	}
	if memory == 0 {
		memory = 61 << 20
	}
	now := time.Now().UnixNano()
	return &runtimeapi.ContainerStats{
		Attributes: &runtimeapi.ContainerAttributes{Id: c.Id, Metadata: c.Metadata, Labels: c.Labels, Annotations: c.Annotations},
		Cpu: &runtimeapi.CpuUsage{Timestamp: now,
			UsageCoreNanoSeconds: &runtimeapi.UInt64Value{Value: uint64(now-c.StartedAt) / 50}},
		Memory: &runtimeapi.MemoryUsage{Timestamp: now,
			WorkingSetBytes: &runtimeapi.UInt64Value{Value: memory}, UsageBytes: &runtimeapi.UInt64Value{Value: memory}},
		WritableLayer: &runtimeapi.FilesystemUsage{Timestamp: now,
			FsId:      &runtimeapi.FilesystemIdentifier{Mountpoint: imageFilesystem},
			UsedBytes: &runtimeapi.UInt64Value{Value: disk}, InodesUsed: &runtimeapi.UInt64Value{Value: 31}},
	}
}
