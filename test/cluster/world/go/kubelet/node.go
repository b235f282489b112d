package main

import (
	"flag"
	"strings"
)

// node is what the command line says about the node that this process plays.
type node struct {
	name, ip      string
	podNetwork    string // the first three numbers of the pod addresses
	root          string // the kubelet's folder; short, because unix sockets lie in it
	control       string // folder of behaviour.json, secrets.json and disk-<node>
	kubeconfig    string
	driverConfig  string // kubeconfig of the secrets store driver, which may write Secrets
	viewCommand   string // path of the container-view binary
	labels        map[string]string
	taints        string
	cores         int
	memoryGiB     int64
	maxPods       int
	userNamespace bool
}

func nodeFromFlags() *node {
	n := &node{}
	var labels string
	flag.StringVar(&n.name, "node", "", "name of the node")
	flag.StringVar(&n.ip, "ip", "", "address of the node")
	flag.StringVar(&n.podNetwork, "podnet", "10.244.1", "first three numbers of the pod addresses")
	flag.StringVar(&n.root, "root", "", "the kubelet's folder; keep it short")
	flag.StringVar(&n.control, "ctl", "ctl", "folder of behaviour.json, secrets.json and disk-<node>")
	flag.StringVar(&n.kubeconfig, "kubeconfig", "", "credentials of the node")
	flag.StringVar(&n.driverConfig, "driver-kubeconfig", "", "credentials of the secrets store driver")
	flag.StringVar(&n.viewCommand, "view", "container-view", "path of the container-view binary")
	flag.StringVar(&labels, "labels", "", "key=value,…")
	flag.StringVar(&n.taints, "taints", "", "key=value:effect,…")
	flag.IntVar(&n.cores, "cores", 4, "allocatable cores before reservations")
	flag.Int64Var(&n.memoryGiB, "mem", 16, "memory in GiB")
	flag.IntVar(&n.maxPods, "max-pods", 58, "pods that fit; 58 is an m5.xlarge's limit on EKS")
	flag.BoolVar(&n.userNamespace, "userns", false, "runs in a user namespace, without root")
	flag.Parse()
	n.labels = map[string]string{}
	for _, pair := range strings.Split(labels, ",") {
		if key, value, ok := strings.Cut(pair, "="); ok {
			n.labels[key] = value
		}
	}
	return n
}
