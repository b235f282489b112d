package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// criLog writes a container's output as the kubelet reads it: one line each with time and stream.
type criLog struct {
	mu   sync.Mutex
	file *os.File
}

func openLog(path string) (*criLog, error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, err
	}
	return &criLog{file: file}, nil
}

func (l *criLog) close() { l.file.Close() }

func (l *criLog) print(lines []string) {
	out := l.stream("stdout")
	for _, line := range lines {
		fmt.Fprintln(out, line)
	}
}

func (l *criLog) stream(name string) io.Writer { return &criStream{log: l, name: name} }

// criStream marks an unfinished line as partial (P), so that no output is held back.
type criStream struct {
	log  *criLog
	name string
}

func (s *criStream) Write(text []byte) (int, error) {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	now := time.Now().UTC().Format(time.RFC3339Nano)
	for rest := text; len(rest) > 0; {
		line, after, whole := bytes.Cut(rest, []byte("\n"))
		tag := "P"
		if whole {
			tag = "F"
		}
		if _, err := fmt.Fprintf(s.log.file, "%s %s %s %s\n", now, s.name, tag, line); err != nil {
			return 0, err
		}
		rest = after
	}
	return len(text), nil
}
