package view

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// mirror shows source at target on a memory file system of our own, in which more can be made. An
// overlay would do the same, but the kernel refuses one in a user namespace over a folder that has
// other mounts in it.
func mirror(source, target string) error {
	if err := syscall.Mount("view", target, "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("tmpfs on %s: %w", target, err)
	}
	entries, err := os.ReadDir(source)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		from, to := filepath.Join(source, entry.Name()), filepath.Join(target, entry.Name())
		if entry.Type()&os.ModeSymlink == 0 {
			err = bind(from, to)
		} else {
			err = copyLink(from, to)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func copyLink(from, to string) error {
	link, err := os.Readlink(from)
	if err != nil {
		return err
	}
	return os.Symlink(link, to)
}

// ownProcesses replaces /proc by one with this container's processes. A user namespace on a machine
// that hides parts of its own /proc may not; the machine's, which then stays, serves as well.
func ownProcesses() { _ = syscall.Mount("proc", "/proc", "proc", 0, "") }

// ownDevices replaces /dev by one in which files may be made (/dev/termination-log).
func ownDevices() error {
	const before = stash + "/dev"
	if err := bind("/dev", before); err != nil {
		return err
	}
	if err := syscall.Mount("dev", "/dev", "tmpfs", 0, "mode=755"); err != nil {
		return fmt.Errorf("/dev: %w", err)
	}
	for _, name := range []string{"null", "zero", "full", "random", "urandom", "tty", "pts", "ptmx", "shm"} {
		err := bind(filepath.Join(before, name), filepath.Join("/dev", name))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for name, link := range map[string]string{"fd": "", "stdin": "/0", "stdout": "/1", "stderr": "/2"} {
		if err := os.Symlink("/proc/self/fd"+link, "/dev/"+name); err != nil {
			return err
		}
	}
	return nil
}

// bind shows source at target, which it makes where it does not exist.
func bind(source, target string) error {
	info, err := os.Stat(source)
	if err != nil {
		return err
	}
	if err := makeMountPoint(target, info.IsDir()); err != nil {
		return err
	}
	if err := syscall.Mount(source, target, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil {
		return fmt.Errorf("bind %s on %s: %w", source, target, err)
	}
	return nil
}

func makeMountPoint(target string, dir bool) error {
	if _, err := os.Stat(target); err == nil {
		return nil
	}
	if dir {
		return os.MkdirAll(target, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	return os.WriteFile(target, nil, 0o644)
}

// setReadOnly keeps the flags that a user namespace may not clear.
func setReadOnly(target string) error {
	var stat syscall.Statfs_t
	if err := syscall.Statfs(target, &stat); err != nil {
		return err
	}
	const kept = syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC | syscall.MS_NOATIME | syscall.MS_NODIRATIME | syscall.MS_RELATIME
	flags := uintptr(stat.Flags)&kept | syscall.MS_BIND | syscall.MS_REMOUNT | syscall.MS_RDONLY
	return syscall.Mount("", target, "", flags, "")
}
