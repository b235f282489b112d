// Command container-view <view as JSON> <command>… runs a command in a file tree of its own. It
// expects to be started in mount and process id namespaces of its own.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"waymark.dev/test/world/kubelet/view"
)

func main() {
	if len(os.Args) < 3 {
		fail(127, fmt.Errorf("usage: container-view <view as JSON> <command>…"))
	}
	var v view.View
	if err := json.Unmarshal([]byte(os.Args[1]), &v); err != nil {
		fail(127, err)
	}
	if err := v.Enter(); err != nil {
		fail(127, err)
	}
	command := os.Args[2:]
	path, err := exec.LookPath(command[0])
	if err != nil {
		fail(127, err)
	}
	fail(126, syscall.Exec(path, command, os.Environ()))
}

func fail(code int, err error) {
	fmt.Fprintln(os.Stderr, "container-view:", err)
	os.Exit(code)
}
