// Command kubelet is the kubelet's own code (cmd/kubelet/app.RunKubelet) on a node without
// containers. Pod status, probes, back-offs, volumes, eviction, node leases and events are the
// kubelet's; what a container does, what the registry answers and how much disk is free come from
// files in the control folder. A container is a local process or, without a command, a script.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	noopoteltrace "go.opentelemetry.io/otel/trace/noop"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet"
	kubeletutil "k8s.io/kubernetes/pkg/kubelet/util"
	"k8s.io/kubernetes/pkg/util/oom"
	"k8s.io/kubernetes/pkg/volume/util/hostutil"
	"k8s.io/kubernetes/pkg/volume/util/subpath"
	"k8s.io/mount-utils"
)

func main() {
	node := nodeFromFlags()
	behaviours := &behaviours{path: filepath.Join(node.control, "behaviour.json")}
	runtime := newContainerRuntime(node, behaviours)
	if err := run(context.Background(), node, runtime, behaviours); err != nil {
		fmt.Fprintln(os.Stderr, "kubelet:", err)
		os.Exit(1)
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	<-ended
	runtime.killAll()
}

func run(ctx context.Context, node *node, runtime *containerRuntime, behaviours *behaviours) error {
	if node.userNamespace {
		if err := utilfeature.DefaultMutableFeatureGate.Set("KubeletInUserNamespace=true"); err != nil {
			return err
		}
	}
	for _, folder := range []string{"logs", "stage"} {
		if err := os.MkdirAll(filepath.Join(node.root, folder), 0o755); err != nil {
			return err
		}
	}
	clients, err := newClients(node)
	if err != nil {
		return err
	}
	configuration, err := kubeletConfiguration(node)
	if err != nil {
		return err
	}
	serving, err := servingCertificate(node)
	if err != nil {
		return err
	}
	if err := serveSecretsStore(node, clients.driver); err != nil {
		return fmt.Errorf("secrets store driver: %w", err)
	}
	dependencies := &kubelet.Dependencies{
		KubeClient:                clients.node,
		HeartbeatClient:           clients.heartbeat,
		EventClient:               clients.node.CoreV1(),
		RemoteRuntimeService:      runtime,
		RemoteImageService:        newImageService(behaviours),
		CAdvisorInterface:         &machine{node: node},
		ContainerManager:          newCapacity(),
		TLSConfig:                 serving,
		VolumePlugins:             volumePlugins(),
		OSInterface:               ownFiles{root: node.root},
		OOMAdjuster:               oom.NewFakeOOMAdjuster(),
		Mounter:                   &mount.FakeMounter{},
		Subpather:                 &subpath.FakeSubpath{},
		HostUtil:                  hostutil.NewFakeHostUtil(nil),
		PodStartupLatencyTracker:  kubeletutil.NewPodStartupLatencyTracker(),
		NodeStartupLatencyTracker: kubeletutil.NewNodeStartupLatencyTracker(),
		TracerProvider:            noopoteltrace.NewTracerProvider(),
	}
	return app.RunKubelet(ctx, &options.KubeletServer{
		KubeletFlags:         *kubeletFlags(node),
		KubeletConfiguration: *configuration,
	}, dependencies)
}
