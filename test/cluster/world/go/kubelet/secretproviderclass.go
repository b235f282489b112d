package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	v1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// secretProviderClass is the part of secrets-store.csi.x-k8s.io/v1 that the AWS provider reads.
type secretProviderClass struct {
	Spec struct {
		Parameters    map[string]string `json:"parameters"`
		SecretObjects []struct {
			SecretName string            `json:"secretName"`
			Type       string            `json:"type"`
			Labels     map[string]string `json:"labels"`
			Data       []struct {
				ObjectName string `json:"objectName"`
				Key        string `json:"key"`
			} `json:"data"`
		} `json:"secretObjects"`
	} `json:"spec"`
}

// secretObject is one entry of parameters.objects, a YAML list in a string.
type secretObject struct {
	ObjectName  string `json:"objectName"`
	ObjectAlias string `json:"objectAlias"`
	JMESPath    []struct {
		Path        string `json:"path"`
		ObjectAlias string `json:"objectAlias"`
	} `json:"jmesPath"`
}

func (d *secretsStore) class(ctx context.Context, namespace, name string) (*secretProviderClass, error) {
	path := "/apis/secrets-store.csi.x-k8s.io/v1/namespaces/" + namespace + "/secretproviderclasses/" + name
	text, err := d.client.CoreV1().RESTClient().Get().AbsPath(path).DoRaw(ctx)
	if err != nil {
		return nil, status.Errorf(codes.Unknown,
			"failed to get secretproviderclass %s/%s, error: SecretProviderClass.secrets-store.csi.x-k8s.io %q not found", namespace, name, name)
	}
	class := &secretProviderClass{}
	return class, json.Unmarshal(text, class)
}

// files maps file names to secret values. An object that secrets.json does not have is one that
// AWS does not have.
func (c *secretProviderClass) files(secretsPath string) (map[string]string, error) {
	var objects []secretObject
	if err := yaml.Unmarshal([]byte(c.Spec.Parameters["objects"]), &objects); err != nil {
		return nil, fmt.Errorf("failed to load SecretProviderClass: %w", err)
	}
	secrets := map[string]string{}
	if text, err := os.ReadFile(secretsPath); err == nil {
		if err := json.Unmarshal(text, &secrets); err != nil {
			return nil, fmt.Errorf("secrets.json: %w", err)
		}
	}
	files := map[string]string{}
	for _, object := range objects {
		value, ok := secrets[object.ObjectName]
		if !ok {
			return nil, fmt.Errorf("%s: Failed fetching secret %s: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
				c.Spec.Parameters["region"], object.ObjectName)
		}
		alias := object.ObjectAlias
		if alias == "" {
			alias = strings.ReplaceAll(object.ObjectName, "/", "_")
		}
		files[alias] = value
		for _, entry := range object.JMESPath {
			field, err := topLevelField(value, entry.Path)
			if err != nil {
				return nil, err
			}
			files[entry.ObjectAlias] = field
		}
	}
	return files, nil
}

// topLevelField understands the one JMESPath that charts use: a plain, possibly quoted, key.
func topLevelField(value, path string) (string, error) {
	var fields map[string]any
	if err := json.Unmarshal([]byte(value), &fields); err != nil {
		return "", fmt.Errorf("Invalid JSON used with jmesPath: %w", err)
	}
	field, ok := fields[strings.Trim(path, `"`)]
	if !ok {
		return "", fmt.Errorf("JMES Path - %s for object alias does not point to a valid object", path)
	}
	return fmt.Sprint(field), nil
}

// syncSecrets is the driver's option "sync as Kubernetes secret".
func (d *secretsStore) syncSecrets(ctx context.Context, namespace string, class *secretProviderClass, files map[string]string) error {
	for _, object := range class.Spec.SecretObjects {
		secret := &v1.Secret{
			ObjectMeta: metav1.ObjectMeta{Name: object.SecretName, Namespace: namespace,
				Labels: map[string]string{"secrets-store.csi.k8s.io/managed": "true"}},
			Type: v1.SecretType(object.Type), StringData: map[string]string{},
		}
		for key, value := range object.Labels {
			secret.Labels[key] = value
		}
		for _, entry := range object.Data {
			secret.StringData[entry.Key] = files[entry.ObjectName]
		}
		api := d.client.CoreV1().Secrets(namespace)
		_, err := api.Create(ctx, secret, metav1.CreateOptions{})
		if apierrors.IsAlreadyExists(err) {
			_, err = api.Update(ctx, secret, metav1.UpdateOptions{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}
