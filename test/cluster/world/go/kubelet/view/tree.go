package view

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// tree knows where folders may be made: on memory file systems of this view, by their device, and
// in its volumes. A folder of the machine that is mounted on either is neither.
type tree struct {
	devices map[uint64]bool
	volumes []string
	mirrors int
}

func newTree() (*tree, error) {
	t := &tree{devices: map[uint64]bool{}}
	for _, own := range []string{"/", "/dev"} {
		if err := t.addDevice(own); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (t *tree) mount(v Volume) error {
	target, err := t.reach(v.Target)
	if err != nil {
		return err
	}
	if err := bind(v.Source, target); err != nil {
		return err
	}
	t.volumes = append(t.volumes, target)
	if v.ReadOnly {
		return setReadOnly(target)
	}
	return nil
}

// reach follows links up to the first part of the path that does not exist and sees to it that the
// rest can be made there.
func (t *tree) reach(target string) (string, error) {
	rest := ""
	for existing := filepath.Clean(target); ; existing = filepath.Dir(existing) {
		real, err := filepath.EvalSymlinks(existing)
		if err != nil {
			rest = filepath.Join(filepath.Base(existing), rest)
			continue
		}
		if rest == "" {
			return real, nil
		}
		own, err := t.owns(real)
		if err == nil && !own {
			err = t.mirrored(real)
		}
		return filepath.Join(real, rest), err
	}
}

func (t *tree) owns(dir string) (bool, error) {
	for _, volume := range t.volumes {
		if within(dir, volume) {
			return true, nil
		}
	}
	device, err := deviceOf(dir)
	return t.devices[device], err
}

// mirrored lets the view write into a folder of the machine without the machine seeing it.
func (t *tree) mirrored(dir string) error {
	t.mirrors++
	original := fmt.Sprintf("%s/mirror-%d", stash, t.mirrors)
	if err := bind(dir, original); err != nil {
		return err
	}
	if err := mirror(original, dir); err != nil {
		return err
	}
	return t.addDevice(dir)
}

func (t *tree) addDevice(dir string) error {
	device, err := deviceOf(dir)
	t.devices[device] = true
	return err
}

func deviceOf(path string) (uint64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return uint64(info.Sys().(*syscall.Stat_t).Dev), nil
}
