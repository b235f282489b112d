import { said } from '../evidence';
import { withoutImage } from './withoutImage';

export type ImageCode =
  | 'image-not-found'
  | 'image-access-denied'
  | 'image-rate-limited'
  | 'image-name-invalid'
  | 'image-platform-missing'
  | 'image-pull-forbidden'
  | 'image-node-disk-full'
  | 'image-registry-unreachable'
  | 'image-pull-failed';

/** Source: k8s.io/kubernetes pkg/kubelet/images/types.go and pkg/kubelet/images/image_manager.go */
const REASONS = [
  'ErrImagePull',
  'ImagePullBackOff',
  'ImageInspectError',
  'ErrImageNeverPull',
  'InvalidImageName',
  'RegistryUnavailable',
  'SignatureValidationFailed',
] as const;

type ImageReason = (typeof REASONS)[number];

export const isImageReason = (reason: string | undefined): reason is ImageReason =>
  (REASONS as readonly (string | undefined)[]).includes(reason);

/**
 * What containerd, CRI-O and Docker say, in the order in which one text can contain the other: a missing platform also
 * reads "not found", and a denied repository may be a missing one.
 */
const TEXTS: readonly (readonly [RegExp, ImageCode])[] = [
  [
    /no match for platform|no matching manifest for|no image found in (?:image index|manifest list)/i,
    'image-platform-missing',
  ],
  [/toomanyrequests|too many requests|rate limit/i, 'image-rate-limited'],
  [/no space left on device/i, 'image-node-disk-full'],
  [
    /(?:status|http)\D{0,80}\b40[13]\b|unauthori[sz]ed|forbidden|access denied|no basic auth credentials|authorization failed|authentication required|not authorized/i,
    'image-access-denied',
  ],
  [
    /no such host|i\/o timeout|connection refused|connection reset|TLS handshake|x509|deadline exceeded|network is unreachable|no route to host|server misbehaving|(?:status|http)\D{0,80}\b50[234]\b|\b50[234] (?:bad gateway|service (?:temporarily )?unavailable|gateway time-?out)/i,
    'image-registry-unreachable',
  ],
  [
    /not found|manifest unknown|name unknown|does not exist|repository .*unknown/i,
    'image-not-found',
  ],
];

/** What keeps an image from being pulled, from the kubelet's reason and the runtime's message about that image. */
export function pullFailureOf(
  reason: ImageReason,
  message = '',
  image?: string,
): { readonly code: ImageCode; readonly said?: string } {
  if (reason === 'InvalidImageName') return { code: 'image-name-invalid' };
  if (reason === 'ErrImageNeverPull') return { code: 'image-pull-forbidden' };
  const failure = withoutImage(message, image);
  const [, code] = TEXTS.find(([text]) => text.test(failure)) ?? [];
  return code ? { code } : { code: 'image-pull-failed', said: said(answerIn(message)) };
}

/** Without what alternates or says nothing: "Back-off pulling image …: ErrImagePull: " and the gRPC prefix. */
const answerIn = (message: string) =>
  message
    .replace(/^Back-off pulling image "[^"]*"(?:: \w+: )?/, '')
    .replace(/^.*rpc error: code = \w+ desc = /s, '');
