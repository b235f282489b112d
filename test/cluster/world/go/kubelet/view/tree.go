package view

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// tree remembers where folders may be made: on memory file systems and volumes of this view.
type tree struct {
	own      []string
	overlays int
}

func (t *tree) mount(v Volume) error {
	target, err := t.reach(v.Target)
	if err != nil {
		return err
	}
	if err := bind(v.Source, target); err != nil {
		return err
	}
	t.own = append(t.own, target)
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
		if !t.owns(real) {
			if err := t.overlay(real); err != nil {
				return "", err
			}
		}
		return filepath.Join(real, rest), nil
	}
}

// owns compares with the innermost mount only: /dev is ours, /dev/shm below it is not.
func (t *tree) owns(dir string) bool {
	if dir == "/" {
		return true
	}
	for _, own := range t.own {
		if own != "/" && within(dir, own) {
			return true
		}
	}
	return false
}

// overlay lets the view write into a folder of the machine without the machine seeing it.
func (t *tree) overlay(dir string) error {
	t.overlays++
	base := fmt.Sprintf("%s/overlay-%d", stash, t.overlays)
	upper, work := base+"/upper", base+"/work"
	for _, folder := range []string{upper, work} {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
	}
	options := fmt.Sprintf("lowerdir=%s,upperdir=%s,workdir=%s", dir, upper, work)
	if err := syscall.Mount("overlay", dir, "overlay", 0, options); err != nil {
		return fmt.Errorf("overlay on %s: %w", dir, err)
	}
	t.own = append(t.own, dir)
	return nil
}
