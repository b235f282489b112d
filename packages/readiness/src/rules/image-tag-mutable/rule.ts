import {
  allContainers,
  type Container,
  podTemplateReads,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail } from '../../engine';
import { isMutableTag, parseImage } from '../../image';

export const imageTagMutable = defineRule({
  id: 'image-tag-mutable',
  title: 'An image is named by a tag that moves',
  severity: 'error',
  level: 'deployable',
  kinds: [...WORKLOAD_KINDS],
  why: 'The same manifest starts another build tomorrow: pods of one revision differ, and a rollback brings back the name, not the code.',
  remedy: 'Name a version tag that is pushed once, or a digest: `image: registry/app@sha256:…`.',
  sources: [
    'https://kubernetes.io/docs/concepts/containers/images/#image-names',
    'https://kubernetes.io/docs/concepts/containers/images/#updating-images',
  ],
  params: {
    mutableTags: ['latest', 'main', 'stable'] as readonly string[],
    // Filled in by a webhook: https://istio.io/latest/docs/setup/additional-setup/gateway/
    placeholders: ['auto'] as readonly string[],
  },
  reads: podTemplateReads(
    '/spec/containers/name',
    '/spec/containers/image',
    '/spec/containers/imagePullPolicy',
    '/spec/initContainers/name',
    '/spec/initContainers/image',
    '/spec/initContainers/imagePullPolicy',
  ),
  messages: {
    untagged: 'Container {{container}} runs {{image}}, which has no tag: latest is pulled',
    'untagged-cached':
      'Container {{container}} runs {{image}}, which has no tag, and with imagePullPolicy {{policy}} each node keeps the build that it pulled first',
    mutable: 'Container {{container}} runs {{image}}, and the tag {{tag}} moves',
    'mutable-cached':
      'Container {{container}} runs {{image}}: the tag {{tag}} moves, and with imagePullPolicy {{policy}} each node keeps the build that it pulled first',
  },
  *check({ subject, params }) {
    for (const { container, path } of allContainers(subject)) {
      const { name, image } = container;
      if (!image || params.placeholders.includes(image)) continue;
      const { tag, digest } = parseImage(image);
      if (digest || (tag && !isMutableTag(tag, params.mutableTags))) continue;
      const policy = pullPolicyOf(container, tag);
      const code = tag ? 'mutable' : 'untagged';
      yield fail({
        code: policy === 'Always' ? code : `${code}-cached`,
        args: { container: name, image, tag: tag ?? 'latest', policy },
        path: `${path}/image`,
        actual: image,
        expected: 'a version tag or a digest',
      });
    }
  },
});

/** Source: https://kubernetes.io/docs/concepts/containers/images/#imagepullpolicy-defaulting */
const pullPolicyOf = ({ imagePullPolicy }: Container, tag = 'latest') =>
  imagePullPolicy ?? (tag === 'latest' ? 'Always' : 'IfNotPresent');
