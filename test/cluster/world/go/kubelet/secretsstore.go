package main

import (
	"context"
	"net"
	"os"
	"path/filepath"

	csi "github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"k8s.io/client-go/kubernetes"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

const secretsStoreDriver = "secrets-store.csi.k8s.io"

// secretsStore is the Secrets Store CSI driver with the AWS provider: it reads the real
// SecretProviderClass from the API server and the secrets from secrets.json instead of AWS.
type secretsStore struct {
	csi.UnimplementedIdentityServer
	csi.UnimplementedNodeServer
	registration.UnimplementedRegistrationServer
	node   *node
	client *kubernetes.Clientset
	socket string
}

// serveSecretsStore announces the driver by a socket in the kubelet's plugin folder.
func serveSecretsStore(n *node, client *kubernetes.Clientset) error {
	d := &secretsStore{node: n, client: client, socket: filepath.Join(n.root, "plugins", "ss", "csi.sock")}
	driver := grpc.NewServer()
	csi.RegisterIdentityServer(driver, d)
	csi.RegisterNodeServer(driver, d)
	if err := serveSocket(driver, d.socket); err != nil {
		return err
	}
	registrar := grpc.NewServer()
	registration.RegisterRegistrationServer(registrar, d)
	return serveSocket(registrar, filepath.Join(n.root, "plugins_registry", "ss.sock"))
}

func serveSocket(server *grpc.Server, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	// A kubelet that was killed leaves its sockets behind.
	if err := os.RemoveAll(path); err != nil {
		return err
	}
	listener, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	go server.Serve(listener)
	return nil
}

func (d *secretsStore) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{
		Type: "CSIPlugin", Name: secretsStoreDriver, Endpoint: d.socket, SupportedVersions: []string{"1.0.0"},
	}, nil
}

func (d *secretsStore) NotifyRegistrationStatus(context.Context, *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	return &registration.RegistrationStatusResponse{}, nil
}

func (d *secretsStore) NodeGetInfo(context.Context, *csi.NodeGetInfoRequest) (*csi.NodeGetInfoResponse, error) {
	return &csi.NodeGetInfoResponse{NodeId: d.node.name}, nil
}

func (d *secretsStore) NodeGetCapabilities(context.Context, *csi.NodeGetCapabilitiesRequest) (*csi.NodeGetCapabilitiesResponse, error) {
	return &csi.NodeGetCapabilitiesResponse{}, nil
}

func (d *secretsStore) NodeUnpublishVolume(_ context.Context, q *csi.NodeUnpublishVolumeRequest) (*csi.NodeUnpublishVolumeResponse, error) {
	return &csi.NodeUnpublishVolumeResponse{}, os.RemoveAll(q.TargetPath)
}

// NodePublishVolume fails in the words of the driver and its AWS provider.
func (d *secretsStore) NodePublishVolume(ctx context.Context, q *csi.NodePublishVolumeRequest) (*csi.NodePublishVolumeResponse, error) {
	namespace := q.VolumeContext["csi.storage.k8s.io/pod.namespace"]
	pod := q.VolumeContext["csi.storage.k8s.io/pod.name"]
	class, err := d.class(ctx, namespace, q.VolumeContext["secretProviderClass"])
	if err != nil {
		return nil, err
	}
	files, err := class.files(filepath.Join(d.node.control, "secrets.json"))
	if err != nil {
		return nil, status.Errorf(codes.Unknown,
			"failed to mount secrets store objects for pod %s/%s, err: rpc error: code = Unknown desc = %v", namespace, pod, err)
	}
	if err := os.MkdirAll(q.TargetPath, 0o755); err != nil {
		return nil, err
	}
	for name, value := range files {
		if err := os.WriteFile(filepath.Join(q.TargetPath, name), []byte(value), 0o644); err != nil {
			return nil, err
		}
	}
	if err := d.syncSecrets(ctx, namespace, class, files); err != nil {
		return nil, err
	}
	return &csi.NodePublishVolumeResponse{}, nil
}
