import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Age } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';

type Change = NonNullable<WorkloadHealth['changedBefore']>;

/** What was different when the status last got worse. */
export const ChangedBefore = ({ change }: { readonly change: Change }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const { revision, images, configuration = [], at } = change;
  const parts = [
    ...(revision?.from ? [t('verdict.revision', { from: revision.from, to: revision.to })] : []),
    ...(revision && !revision.from ? [t('verdict.revisionOnly', { to: revision.to })] : []),
    ...images.map(({ container, from, to }) =>
      t('verdict.image', { container, from: tagOf(from), to: tagOf(to) }),
    ),
    ...(configuration.length
      ? [t('verdict.configuration', { sources: configuration.join(', ') })]
      : []),
  ];
  if (!parts.length) return null;
  return (
    <Text as="p">
      {t('verdict.changed')} {parts.join(', ')} (<Age since={at} />)
    </Text>
  );
};

/** `registry/team/web:1.9.0` → `1.9.0`; a digest in short. */
function tagOf(image = '?'): string {
  const [, digest] = image.split('@sha256:');
  if (digest) return `sha256:${digest.slice(0, 12)}`;
  const last = image.slice(image.lastIndexOf('/') + 1);
  return last.includes(':') ? last.slice(last.indexOf(':') + 1) : last;
}
