/** The parts of an image reference. `tag` and `digest` are absent where the reference has none, or an invalid one. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

// Source: https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests
const DIGEST =
  /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|(?!sha256:|sha512:)[a-z0-9]+(?:[+._-][a-z0-9]+)*:[\w=-]+)$/;

/**
 * Takes an image reference apart: a colon before the last slash belongs to the registry's port.
 * Source: https://github.com/distribution/reference (grammar of reference.go)
 */
export function parseImage(image: string): ImageReference {
  const [named, digest] = image.split('@', 2);
  const colon = named.lastIndexOf(':');
  const tagged = colon > named.lastIndexOf('/');
  return {
    repository: tagged ? named.slice(0, colon) : named,
    ...(tagged && colon < named.length - 1 && { tag: named.slice(colon + 1) }),
    ...(DIGEST.test(digest ?? '') && { digest }),
  };
}
