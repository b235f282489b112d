package view

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestEnter runs itself again in namespaces of its own, as the kubelet runs container-view.
func TestEnter(t *testing.T) {
	if machine := os.Getenv("VIEW_MACHINE"); machine != "" {
		enter(t, machine)
		return
	}
	machine := t.TempDir()
	write(t, machine, "old/file", "the machine's")
	write(t, machine, "volume/key", "the volume's")
	if err := os.Mkdir(filepath.Join(machine, "stage"), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=TestEnter", "-test.v")
	cmd.Env = append(os.Environ(), "VIEW_MACHINE="+machine)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	entries, _ := filepath.Glob(filepath.Join(machine, "old", "*"))
	if len(entries) != 1 {
		t.Errorf("the machine was written to: %s", strings.Join(entries, ", "))
	}
}

func enter(t *testing.T, machine string) {
	volume := filepath.Join(machine, "volume")
	old := filepath.Join(machine, "old")
	v := View{Stage: filepath.Join(machine, "stage"), Dir: "/", Volumes: []Volume{
		{Source: volume, Target: "/a/new/path"},
		{Source: volume, Target: filepath.Join(old, "made", "here"), ReadOnly: true},
		{Source: filepath.Join(volume, "key"), Target: "/dev/termination-log"},
		{Source: volume, Target: filepath.Join(machine, "below", "a", "b")},
	}}
	if err := v.Enter(); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/a/new/path/key":                       "the volume's",
		"/dev/termination-log":                  "the volume's",
		filepath.Join(machine, "below/a/b/key"): "the volume's",
		filepath.Join(old, "made/here/key"):     "the volume's",
	} {
		if text, err := os.ReadFile(path); string(text) != want {
			t.Errorf("%s: %q, %v", path, text, err)
		}
	}
	if os.Getpid() != 1 {
		t.Errorf("process id %d instead of 1", os.Getpid())
	}
	if err := os.WriteFile(filepath.Join(old, "made/here/key"), nil, 0o644); err == nil {
		t.Error("a read-only volume could be written")
	}
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
