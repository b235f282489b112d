package main

import (
	"os"
	"strings"

	kubecontainer "k8s.io/kubernetes/pkg/kubelet/container"
)

// ownFiles keeps the kubelet's hands off the machine: outside of its root it would link logs into
// /var/log/containers and remove the links there whose pods it does not know.
type ownFiles struct {
	kubecontainer.RealOS
	root string
}

func (o ownFiles) owns(path string) bool { return strings.HasPrefix(path, o.root+"/") }

func (o ownFiles) MkdirAll(path string, mode os.FileMode) error {
	if !o.owns(path) {
		return nil
	}
	return o.RealOS.MkdirAll(path, mode)
}

func (o ownFiles) Symlink(target, link string) error {
	if !o.owns(link) {
		return nil
	}
	return o.RealOS.Symlink(target, link)
}

func (o ownFiles) Remove(path string) error {
	if !o.owns(path) {
		return nil
	}
	return o.RealOS.Remove(path)
}

func (o ownFiles) Glob(pattern string) ([]string, error) {
	if !o.owns(pattern) {
		return nil, nil
	}
	return o.RealOS.Glob(pattern)
}
