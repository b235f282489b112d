package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	cadvisor "github.com/google/cadvisor/info/v1"
	cadvisorv2 "github.com/google/cadvisor/info/v2"
	cadvisortest "k8s.io/kubernetes/pkg/kubelet/cadvisor/testing"
)

const diskBytes = 85_886_742_528 // an 80 GiB volume

// machine is the hardware as cAdvisor would report it: an EC2 instance with Amazon Linux 2023.
type machine struct {
	cadvisortest.Fake
	node *node
}

func instanceID(n *node) string { return "i-0" + digest(n.name)[7:23] }

func (m *machine) MachineInfo() (*cadvisor.MachineInfo, error) {
	hash := digest(m.node.name)[7:]
	uuid := func(s string) string {
		return s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:32]
	}
	return &cadvisor.MachineInfo{
		Timestamp: time.Now(), NumCores: m.node.cores,
		MemoryCapacity: uint64(m.node.memoryGiB)<<30 - 331<<20, // what the firmware keeps
		InstanceID:     cadvisor.InstanceID(instanceID(m.node)),
		MachineID:      "ec2" + hash[:29], SystemUUID: uuid("ec2" + hash[:29]), BootID: uuid(hash[32:64]),
	}, nil
}

func (m *machine) VersionInfo() (*cadvisor.VersionInfo, error) {
	return &cadvisor.VersionInfo{
		KernelVersion: "6.12.40-64.114.amzn2023.x86_64", ContainerOsVersion: "Amazon Linux 2023.9.20251117",
	}, nil
}

func (m *machine) filesystem() (cadvisorv2.FsInfo, error) {
	available := uint64(62_114_648_064)
	if text, err := os.ReadFile(filepath.Join(m.node.control, "disk-"+m.node.name)); err == nil {
		if value, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64); err == nil {
			available = value
		}
	}
	inodes, free := uint64(41_942_016), uint64(41_401_223)
	return cadvisorv2.FsInfo{
		Timestamp: time.Now(), Device: "/dev/nvme0n1p1", Mountpoint: "/",
		Capacity: diskBytes, Available: available, Usage: diskBytes - available, Inodes: &inodes, InodesFree: &free,
	}, nil
}

func (m *machine) RootFsInfo() (cadvisorv2.FsInfo, error)                     { return m.filesystem() }
func (m *machine) ImagesFsInfo(context.Context) (cadvisorv2.FsInfo, error)    { return m.filesystem() }
func (m *machine) ContainerFsInfo(context.Context) (cadvisorv2.FsInfo, error) { return m.filesystem() }
func (m *machine) GetDirFsInfo(string) (cadvisorv2.FsInfo, error)             { return m.filesystem() }

// ContainerInfoV2 is asked for the root cgroup only, to tell memory pressure.
func (m *machine) ContainerInfoV2(string, cadvisorv2.RequestOptions) (map[string]cadvisorv2.ContainerInfo, error) {
	now := time.Now()
	sample := &cadvisorv2.ContainerStats{
		Timestamp: now,
		Cpu:       &cadvisor.CpuStats{Usage: cadvisor.CpuUsage{Total: uint64(now.UnixNano()) / 100}},
		CpuInst:   &cadvisorv2.CpuInstStats{Usage: cadvisorv2.CpuInstUsage{Total: 200_000_000}},
		Memory:    &cadvisor.MemoryStats{Usage: 4 << 30, WorkingSet: 3 << 30},
	}
	return map[string]cadvisorv2.ContainerInfo{"/": {
		Spec: cadvisorv2.ContainerSpec{
			CreationTime: now.Add(-time.Hour), HasCpu: true, HasMemory: true,
			Memory: cadvisorv2.MemorySpec{Limit: uint64(m.node.memoryGiB) << 30},
		},
		Stats: []*cadvisorv2.ContainerStats{sample, sample},
	}}, nil
}
