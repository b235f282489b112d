// Command control-plane is every part of a Kubernetes control plane in one binary: the first
// argument names the part, the rest are that part's own arguments. One binary because the parts
// share nearly all of their code: linking them apart would cost five times the disk and build time.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

var parts = map[string]func(){
	"certificate":        certificate,
	"etcd":               etcd,
	"kube-apiserver":     apiServer,
	"controller-manager": controllerManager,
	"scheduler":          scheduler,
	"kwok":               kwok,
	"kubectl":            kubectl,
}

func main() {
	part, args := partAndArguments(os.Args)
	run, ok := parts[part]
	if !ok {
		names := make([]string, 0, len(parts))
		for name := range parts {
			names = append(names, name)
		}
		slices.Sort(names)
		fmt.Fprintf(os.Stderr, "control-plane: name one of %s\n", strings.Join(names, ", "))
		os.Exit(2)
	}
	// Each part reads os.Args itself.
	os.Args = append([]string{part}, args...)
	run()
}

// partAndArguments also accepts a link named after the part, so that `kubectl` can be on the PATH.
func partAndArguments(argv []string) (string, []string) {
	if name := filepath.Base(argv[0]); parts[name] != nil {
		return name, argv[1:]
	}
	if len(argv) < 2 {
		return "", nil
	}
	return argv[1], argv[2:]
}
