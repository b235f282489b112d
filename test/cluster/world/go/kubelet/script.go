package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	v1 "k8s.io/api/core/v1"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// portsAnnotation is where the kubelet tells a runtime the ports that a container declares
// (containerPortsLabel in pkg/kubelet/kuberuntime/labels.go).
const portsAnnotation = "io.kubernetes.container.ports"

// scriptPorts are the ports on which a scripted container answers: behaviour.json's, or those that
// the container declares, or 8080.
func scriptPorts(b *behaviour, c *runtimeapi.ContainerConfig) []int {
	if b.Port != 0 {
		return []int{b.Port}
	}
	var declared []v1.ContainerPort
	json.Unmarshal([]byte(c.GetAnnotations()[portsAnnotation]), &declared)
	var ports []int
	for _, port := range declared {
		if port.Protocol == "" || port.Protocol == v1.ProtocolTCP {
			ports = append(ports, int(port.ContainerPort))
		}
	}
	if len(ports) == 0 {
		return []int{8080}
	}
	return ports
}

// serve answers the probes and requests of a scripted container on one port until it is done.
func serve(ip string, port int, b *behaviour, current func() *behaviour, done chan struct{}) {
	if port < 0 {
		return
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
	healthy := grpc.NewServer()
	grpc_health_v1.RegisterHealthServer(healthy, health.NewServer())
	server := &http.Server{Protocols: new(http.Protocols), Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		code := current().HTTP[q.URL.Path]
		switch {
		case code == -1:
			select {
			case <-q.Context().Done():
			case <-done:
			}
		case code == 0 && strings.HasPrefix(q.Header.Get("Content-Type"), "application/grpc"):
			healthy.ServeHTTP(w, q)
		case code == 0:
			w.WriteHeader(http.StatusOK)
		default:
			w.WriteHeader(code)
		}
	})}
	// gRPC probes speak HTTP/2 without TLS.
	server.Protocols.SetHTTP1(true)
	server.Protocols.SetUnencryptedHTTP2(true)
	server.SetKeepAlivesEnabled(false)
	go func() {
		<-done
		server.Close()
	}()
	server.Serve(listener)
}
