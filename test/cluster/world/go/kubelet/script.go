package main

import (
	"fmt"
	"net"
	"net/http"
	"time"
)

// serve answers the probes and requests of a scripted container until it is done.
func serve(ip string, b *behaviour, current func() *behaviour, done chan struct{}) {
	if b.Port < 0 {
		return
	}
	port := b.Port
	if port == 0 {
		port = 8080
	}
	select {
	case <-done:
		return
	case <-time.After(time.Duration(b.ListenAfter * float64(time.Second))):
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("%s:%d", ip, port))
	if err != nil {
		// A second container of the pod on the same port: the first one has it, as in a real pod.
		return
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		code := current().HTTP[q.URL.Path]
		switch code {
		case -1:
			select {
			case <-q.Context().Done():
			case <-done:
			}
			return
		case 0:
			code = http.StatusOK
		}
		w.WriteHeader(code)
	})}
	server.SetKeepAlivesEnabled(false)
	go func() {
		<-done
		server.Close()
	}()
	server.Serve(listener)
}
