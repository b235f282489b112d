// Package view gives a process the file tree that its container would have: the machine's own tree
// with the pod's volumes at their mount paths. Nothing is written to the machine: a mount path that
// does not exist is made in a mirror of its folder.
package view

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
)

// Volume is a folder or file of the kubelet's and where the container wants it.
type Volume struct {
	Source   string `json:"source"`
	Target   string `json:"target"`
	ReadOnly bool   `json:"readOnly"`
}

// View is the tree of one container.
type View struct {
	// Stage is any existing folder; the tree is put together on top of it.
	Stage string `json:"stage"`
	// Dir is the working folder, Path the search path: both stay visible even if a volume lies
	// over one of their parents, such as an emptyDir on /tmp.
	Dir     string   `json:"dir"`
	Path    string   `json:"path"`
	Volumes []Volume `json:"volumes"`
}

// stash is where sources wait, out of reach of the volumes mounted over their paths.
const stash = "/.volumes"

// Enter changes the calling process's root. The process must be alone in its mount namespace.
func (v View) Enter() error {
	// Without this, what is mounted here would be mounted on the machine.
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("private mounts: %w", err)
	}
	if err := mirror("/", v.Stage); err != nil {
		return err
	}
	if err := syscall.Chroot(v.Stage); err != nil {
		return fmt.Errorf("chroot: %w", err)
	}
	if err := os.Chdir("/"); err != nil {
		return err
	}
	ownProcesses()
	if err := ownDevices(); err != nil {
		return err
	}
	if err := v.mountVolumes(); err != nil {
		return err
	}
	return os.Chdir(v.Dir)
}

func (v View) mountVolumes() error {
	binds := append(v.volumes(), v.kept()...)
	for i := range binds {
		hold := fmt.Sprintf("%s/%d", stash, i)
		if err := bind(binds[i].Source, hold); err != nil {
			return err
		}
		binds[i].Source = hold
	}
	tree, err := newTree()
	if err != nil {
		return err
	}
	for _, b := range binds {
		if err := tree.mount(b); err != nil {
			return fmt.Errorf("volume %s: %w", b.Target, err)
		}
	}
	return nil
}

// volumes puts parents before their children.
func (v View) volumes() []Volume {
	sorted := append([]Volume{}, v.Volumes...)
	sort.Slice(sorted, func(i, j int) bool { return sorted[i].Target < sorted[j].Target })
	return sorted
}

func (v View) kept() []Volume {
	var kept []Volume
	for _, dir := range append(filepath.SplitList(v.Path), v.Dir) {
		if _, err := os.Stat(dir); err == nil && v.hides(dir) {
			kept = append(kept, Volume{Source: dir, Target: dir})
		}
	}
	return kept
}

func (v View) hides(dir string) bool {
	for _, volume := range v.Volumes {
		if within(dir, volume.Target) {
			return true
		}
	}
	return false
}

func within(path, parent string) bool {
	return path == parent || strings.HasPrefix(path, strings.TrimSuffix(parent, "/")+"/")
}
