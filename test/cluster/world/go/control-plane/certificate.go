package main

import (
	"fmt"
	"net"
	"os"
	"path/filepath"

	"k8s.io/client-go/util/cert"
)

// certificate writes world.crt and world.key into the folder that its argument names. One pair
// serves a world on loopback: TLS of the API server and the metrics server, the aggregator's client
// certificate and the signing of service account tokens.
func certificate() {
	if err := writeCertificate(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "certificate:", err)
		os.Exit(1)
	}
}

func writeCertificate(dir string) error {
	addresses := []net.IP{net.IPv4(127, 0, 0, 1), net.IPv4(10, 96, 0, 1)}
	names := []string{"localhost", "kubernetes", "kubernetes.default", "kubernetes.default.svc"}
	certificate, key, err := cert.GenerateSelfSignedCertKey("127.0.0.1", addresses, names)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "world.crt"), certificate, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "world.key"), key, 0o600)
}
