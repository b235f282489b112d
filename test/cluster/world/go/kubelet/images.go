package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math/rand"
	"strings"
	"sync"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	runtimeapi "k8s.io/cri-api/pkg/apis/runtime/v1"
	apitest "k8s.io/cri-api/pkg/apis/testing"
)

// imageService is a registry that has every image unless behaviour.json says otherwise.
type imageService struct {
	*apitest.FakeImageService
	behaviours *behaviours
	mu         sync.Mutex
	pulled     map[string]string // id to name
}

func newImageService(b *behaviours) *imageService {
	return &imageService{FakeImageService: apitest.NewFakeImageService(), behaviours: b, pulled: map[string]string{}}
}

func (s *imageService) ImageStatus(_ context.Context, spec *runtimeapi.ImageSpec, _ bool) (*runtimeapi.ImageStatusResponse, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, name := range s.pulled {
		if name == spec.Image || id == spec.Image {
			return &runtimeapi.ImageStatusResponse{Image: s.describe(id, name)}, nil
		}
	}
	return &runtimeapi.ImageStatusResponse{}, nil
}

func (s *imageService) ListImages(context.Context, *runtimeapi.ImageFilter) ([]*runtimeapi.Image, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	images := []*runtimeapi.Image{}
	for id, name := range s.pulled {
		images = append(images, s.describe(id, name))
	}
	return images, nil
}

func (s *imageService) describe(id, name string) *runtimeapi.Image {
	size := s.behaviours.ofImage(name).PullSize
	if size == 0 {
		size = 38_000_000 + uint64(len(name))*90_113
	}
	return &runtimeapi.Image{
		Id: id, RepoTags: []string{name}, RepoDigests: []string{repository(name) + "@" + digest(name)},
		Size: size, Spec: &runtimeapi.ImageSpec{Image: name},
	}
}

func (s *imageService) PullImage(ctx context.Context, spec *runtimeapi.ImageSpec, _ *runtimeapi.AuthConfig, _ *runtimeapi.PodSandboxConfig) (string, error) {
	b := s.behaviours.ofImage(spec.Image)
	delay := b.PullDelay
	if delay == 0 {
		delay = 0.3 + rand.Float64()*1.2
	}
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case <-time.After(time.Duration(delay * float64(time.Second))):
	}
	if b.PullErr != "" {
		return "", status.Error(pullCode(b.PullCode), b.PullErr)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	id := digest("id" + spec.Image)
	s.pulled[id] = spec.Image
	return id, nil
}

func pullCode(name string) codes.Code {
	switch name {
	case "NotFound":
		return codes.NotFound
	case "DeadlineExceeded":
		return codes.DeadlineExceeded
	default:
		return codes.Unknown
	}
}

func (s *imageService) RemoveImage(_ context.Context, spec *runtimeapi.ImageSpec) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, name := range s.pulled {
		if name == spec.Image || id == spec.Image {
			delete(s.pulled, id)
		}
	}
	return nil
}

func (s *imageService) ImageFsInfo(context.Context) (*runtimeapi.ImageFsInfoResponse, error) {
	usage := []*runtimeapi.FilesystemUsage{{
		Timestamp: time.Now().UnixNano(),
		FsId:      &runtimeapi.FilesystemIdentifier{Mountpoint: imageFilesystem},
		UsedBytes: &runtimeapi.UInt64Value{Value: 3 << 30}, InodesUsed: &runtimeapi.UInt64Value{Value: 40000},
	}}
	return &runtimeapi.ImageFsInfoResponse{ImageFilesystems: usage, ContainerFilesystems: usage}, nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// repository is an image's name without its tag; a port in the registry's host is not a tag.
func repository(image string) string {
	if i := strings.LastIndex(image, ":"); i > strings.LastIndex(image, "/") {
		return image[:i]
	}
	return image
}
