import { pullFailureOf } from './pullFailureOf';

const containerd = (reference: string, answer: string) =>
  `rpc error: code = Unknown desc = failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${answer}`;

describe('pullFailureOf', () => {
  it.each([
    ['shop/web:403', containerd('docker.io/shop/web:403', 'docker.io/shop/web:403: not found')],
    [
      'web:1.401.0',
      containerd('docker.io/library/web:1.401.0', 'docker.io/library/web:1.401.0: not found'),
    ],
    [
      'registry.example:5000/shop/web:1.403.0',
      'reading manifest 1.403.0 in registry.example:5000/shop/web: manifest unknown',
    ],
    [
      'shop/unauthorized-page',
      containerd(
        'docker.io/shop/unauthorized-page:latest',
        'docker.io/shop/unauthorized-page:latest: not found',
      ),
    ],
    [
      'shop/web:403@sha256:0a9b',
      containerd('docker.io/shop/web@sha256:0a9b', 'docker.io/shop/web@sha256:0a9b: not found'),
    ],
    [
      'forbidden:1',
      'Error response from daemon: manifest for forbidden:1 not found: manifest unknown',
    ],
    ['web:503', 'unexpected status code [manifests 503]: 404 Not Found'],
    [
      'shop/web:503',
      containerd(
        'docker.io/shop/web:503',
        'unexpected status from HEAD request to https://registry.example/v2/shop/web/manifests/503: 404 Not Found',
      ),
    ],
  ])('does not take a part of %s for the answer of the registry', (image, message) => {
    expect(pullFailureOf('ErrImagePull', message, image).code).toBe('image-not-found');
  });

  it.each([
    ['image-access-denied', 'not-found:1', 'unexpected status code [manifests 1]: 403 Forbidden'],
    ['image-access-denied', 'shop/web:1', 'received unexpected HTTP status: 401'],
    ['image-access-denied', 'forbidden', 'invalid status code from registry 403 (Forbidden)'],
    [
      'image-registry-unreachable',
      'shop/web:403',
      'received unexpected HTTP status: 503 Service Unavailable',
    ],
    [
      'image-registry-unreachable',
      'web:1',
      'unexpected status from HEAD request to https://registry.example/v2/library/web/manifests/1: 502 Bad Gateway',
    ],
    ['image-pull-failed', 'web:1', 'unexpected size 1403: 502 of 503 bytes'],
    ['image-pull-failed', '(odd', 'no idea'],
  ])('says %s of what the registry answers about %s', (code, image, message) => {
    expect(pullFailureOf('ErrImagePull', message, image).code).toBe(code);
  });
});
