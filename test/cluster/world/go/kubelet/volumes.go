package main

import (
	"os"
	"path/filepath"
	"slices"

	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	"k8s.io/kubernetes/pkg/volume"
	"k8s.io/kubernetes/pkg/volume/configmap"
	"k8s.io/kubernetes/pkg/volume/csi"
	"k8s.io/kubernetes/pkg/volume/downwardapi"
	"k8s.io/kubernetes/pkg/volume/emptydir"
	"k8s.io/kubernetes/pkg/volume/hostpath"
	"k8s.io/kubernetes/pkg/volume/projected"
	"k8s.io/kubernetes/pkg/volume/secret"

	"waymark.dev/test/world/kubelet/view"
)

func volumePlugins() []volume.VolumePlugin {
	return slices.Concat(
		emptydir.ProbeVolumePlugins(),
		hostpath.FakeProbeVolumePlugins(volume.VolumeConfig{}),
		secret.ProbeVolumePlugins(),
		downwardapi.ProbeVolumePlugins(),
		configmap.ProbeVolumePlugins(),
		projected.ProbeVolumePlugins(),
		csi.ProbeVolumePlugins(),
	)
}

// viewOf is the file tree of a container: the machine's, with the pod's volumes at their mount
// paths.
func viewOf(n *node, b *behaviour, c *runtimeapi.ContainerConfig) view.View {
	v := view.View{Stage: filepath.Join(n.root, "stage"), Dir: b.Dir, Path: os.Getenv("PATH")}
	for _, mount := range c.Mounts {
		v.Volumes = append(v.Volumes, view.Volume{
			Source: mount.HostPath, Target: mount.ContainerPath, ReadOnly: mount.Readonly,
		})
	}
	return v
}
