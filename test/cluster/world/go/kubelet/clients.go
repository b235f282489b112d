package main

import (
	"crypto/tls"
	"net"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/util/cert"
)

type clients struct {
	node, heartbeat, driver *kubernetes.Clientset
}

func newClients(n *node) (*clients, error) {
	config, err := clientcmd.BuildConfigFromFlags("", n.kubeconfig)
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst, config.UserAgent = 50, 100, "kubelet/v1.36.3 (linux/amd64)"
	heartbeat := *config
	heartbeat.QPS, heartbeat.Timeout = -1, 10*time.Second
	driver, err := clientcmd.BuildConfigFromFlags("", n.driverConfig)
	if err != nil {
		return nil, err
	}
	c := &clients{}
	if c.node, err = kubernetes.NewForConfig(config); err != nil {
		return nil, err
	}
	if c.heartbeat, err = kubernetes.NewForConfig(&heartbeat); err != nil {
		return nil, err
	}
	c.driver, err = kubernetes.NewForConfig(driver)
	return c, err
}

// servingCertificate is what the API server meets when it fetches logs. The kubelet's server asks
// for no credentials: whoever reaches the node addresses is inside the world's network namespace.
func servingCertificate(n *node) (*tls.Config, error) {
	certPEM, keyPEM, err := cert.GenerateSelfSignedCertKey(n.name, []net.IP{net.ParseIP(n.ip)}, nil)
	if err != nil {
		return nil, err
	}
	pair, err := tls.X509KeyPair(certPEM, keyPEM)
	if err != nil {
		return nil, err
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
