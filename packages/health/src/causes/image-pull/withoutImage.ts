/**
 * The message of a failed pull without the image that it is about: a tag such as `403` or a repository such as `not-found`
 * says nothing about the failure. Runtimes name it as it was asked for, with a registry and `library/` in front or `latest`
 * behind, as part of an address, and by its tag alone (containerd `[manifests 1.2.0]`, CRI-O `reading manifest 1.2.0 in`).
 */
export function withoutImage(message: string, image: string | undefined): string {
  const text = message.replace(/https?:\/\/[^\s"]+/g, '');
  if (!image) return text;
  const { repository, version } = partsOf(image);
  const reference = new RegExp(
    String.raw`(?<![\w./-])(?:[\w.-]+(?::\d+)?/)*${escaped(repository)}(?![\w/-])(?:[:@][\w.:@-]*\w)?`,
    'g',
  );
  const byVersion = new RegExp(String.raw`\bmanifests? ${escaped(version)}(?![\w.-])`, 'g');
  return (
    text
      // A bare word may be one of the message's own.
      .replace(reference, found => (/[/:@]/.test(found) ? '' : found))
      .replace(byVersion, '')
  );
}

/** The first part is a registry if it has a dot, a port, or is localhost. Source: github.com/distribution/reference normalize.go */
function partsOf(image: string) {
  const [, name, version = 'latest'] = /^([^@]*?)(?:[:@]([^/]*))?$/.exec(image) ?? [];
  const [first, ...rest] = (name ?? image).split('/');
  const registry = rest.length > 0 && /[.:]|^localhost$/.test(first);
  return { repository: registry ? rest.join('/') : (name ?? image), version };
}

const escaped = (text: string) => text.replace(/[^\w/-]/g, '\\$&');
