package main

import (
	"path/filepath"
	"strings"
	"time"

	v1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	kubeletconfig "k8s.io/kubernetes/pkg/kubelet/apis/config"
)

func kubeletFlags(n *node) *options.KubeletFlags {
	flags := options.NewKubeletFlags()
	flags.RootDirectory = n.root
	flags.CertDirectory = filepath.Join(n.root, "pki")
	flags.HostnameOverride = n.name
	flags.NodeIP = n.ip
	flags.NodeLabels = n.labels
	flags.MinimumGCAge = metav1.Duration{}
	return flags
}

func kubeletConfiguration(n *node) (*kubeletconfig.KubeletConfiguration, error) {
	c, err := options.NewKubeletConfiguration()
	if err != nil {
		return nil, err
	}
	c.RegisterWithTaints = parseTaints(n.taints)
	c.Address = n.ip
	c.StaticPodPath = ""
	c.MaxPods = int32(n.maxPods)
	c.ClusterDNS, c.ClusterDomain = []string{"10.96.0.10"}, "cluster.local"
	c.ProviderID = "aws:///" + n.labels["topology.kubernetes.io/zone"] + "/" + instanceID(n)
	c.PodLogsDir = filepath.Join(n.root, "logs")
	c.RegistryPullQPS = 0
	c.SerializeImagePulls = false
	c.LocalStorageCapacityIsolation = true
	c.EnableControllerAttachDetach = false
	// There are no cgroups to own and no kernel settings to protect.
	c.CgroupsPerQOS, c.CgroupRoot, c.KubeletCgroups = false, "", ""
	c.EnforceNodeAllocatable = nil
	c.ProtectKernelDefaults = false
	c.FailSwapOn = false
	c.MaxOpenFiles = 100000
	// The kubelet fills in these defaults on a path that RunKubelet skips.
	c.EvictionHard = map[string]string{
		"memory.available": "100Mi", "nodefs.available": "10%", "nodefs.inodesFree": "5%",
		"imagefs.available": "15%", "imagefs.inodesFree": "5%",
	}
	c.EvictionPressureTransitionPeriod = metav1.Duration{Duration: 30 * time.Second}
	return c, nil
}

func parseTaints(text string) []v1.Taint {
	var taints []v1.Taint
	for _, item := range strings.Split(text, ",") {
		if pair, effect, ok := strings.Cut(item, ":"); ok {
			key, value, _ := strings.Cut(pair, "=")
			taints = append(taints, v1.Taint{Key: key, Value: value, Effect: v1.TaintEffect(effect)})
		}
	}
	return taints
}
