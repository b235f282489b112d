package main

import (
	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/kubernetes/pkg/kubelet/cm"
)

// capacity is a container manager without cgroups that reserves what EKS reserves on an m5.xlarge.
type capacity struct{ cm.ContainerManager }

func newCapacity() *capacity { return &capacity{cm.NewStubContainerManager()} }

func (c *capacity) GetCapacity(bool) v1.ResourceList {
	return v1.ResourceList{v1.ResourceEphemeralStorage: *resource.NewQuantity(diskBytes, resource.BinarySI)}
}

func (c *capacity) GetNodeAllocatableReservation() v1.ResourceList {
	return v1.ResourceList{
		v1.ResourceCPU:              resource.MustParse("80m"),
		v1.ResourceMemory:           resource.MustParse("993Mi"),
		v1.ResourceEphemeralStorage: resource.MustParse("9663676416"),
	}
}
