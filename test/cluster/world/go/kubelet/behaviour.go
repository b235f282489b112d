package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// behaviour says what a container or an image does. Zero values mean: runs for ever, listens on the
// ports that it declares or else on 8080, answers 200 or SERVING, stops at once, is pulled in about a second.
type behaviour struct {
	// A real local process instead of a script.
	Command []string `json:"command"`
	Dir     string   `json:"dir"`

	ExitAfter float64 `json:"exitAfter"` // seconds; 0 = never
	ExitTimes int     `json:"exitTimes"` // exits only on the first N attempts; 0 = always
	ExitCode  int32   `json:"exitCode"`
	Reason    string  `json:"reason"` // e.g. OOMKilled
	Message   string  `json:"message"`
	StartErr  string  `json:"startErr"`
	CreateErr string  `json:"createErr"`

	Log         []string       `json:"log"`         // printed by a script when it starts
	Port        int            `json:"port"`        // 0 = those it declares, -1 = never listens
	ListenAfter float64        `json:"listenAfter"` // seconds
	HTTP        map[string]int `json:"http"`        // path to status, gRPC too; -1 = hangs
	Exec        *execAnswer    `json:"exec"`
	StopDelay   float64        `json:"stopDelay"` // seconds
	StopCode    int32          `json:"stopCode"`
	IgnoreTerm  bool           `json:"ignoreTerm"`

	Disk   uint64 `json:"disk"`   // bytes reported
	Memory uint64 `json:"memory"` // bytes reported

	PullDelay float64 `json:"pullDelay"` // seconds
	PullSize  uint64  `json:"pullSize"`
	PullCode  string  `json:"pullCode"` // NotFound, DeadlineExceeded or Unknown
	PullErr   string  `json:"pullErr"`
}

type execAnswer struct {
	Code int    `json:"code"`
	Out  string `json:"out"`
}

// behaviours is behaviour.json, read again whenever it changes. Keys, from the most to the least
// specific: namespace/pod/container, namespace/pod, the same with * (payment-*), an image, an image
// without its tag. A more specific entry overrides single fields of the less specific ones.
type behaviours struct {
	path    string
	mu      sync.Mutex
	readAt  time.Time
	entries map[string]json.RawMessage
}

func (b *behaviours) ofContainer(labels map[string]string, image string) *behaviour {
	pod := labels["io.kubernetes.pod.namespace"] + "/" + labels["io.kubernetes.pod.name"]
	return b.merged(repository(image), image, pod, pod+"/"+labels["io.kubernetes.container.name"])
}

func (b *behaviours) ofImage(image string) *behaviour {
	return b.merged(repository(image), image)
}

func (b *behaviours) merged(names ...string) *behaviour {
	entries := b.read()
	result := &behaviour{}
	apply := func(key string) {
		if raw, ok := entries[key]; ok {
			if err := json.Unmarshal(raw, result); err != nil {
				fmt.Fprintf(os.Stderr, "behaviour.json: %s: %v\n", key, err)
			}
		}
	}
	for _, name := range names {
		for _, key := range slices.Sorted(maps.Keys(entries)) {
			if matched, _ := path.Match(key, name); matched && strings.Contains(key, "*") {
				apply(key)
			}
		}
		apply(name)
	}
	return result
}

func (b *behaviours) read() map[string]json.RawMessage {
	b.mu.Lock()
	defer b.mu.Unlock()
	info, err := os.Stat(b.path)
	if err != nil || info.ModTime().Equal(b.readAt) {
		return b.entries
	}
	text, err := os.ReadFile(b.path)
	if err != nil {
		return b.entries
	}
	entries := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &entries); err != nil {
		fmt.Fprintln(os.Stderr, "behaviour.json:", err)
		return b.entries
	}
	b.entries, b.readAt = entries, info.ModTime()
	return entries
}
