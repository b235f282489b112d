import { Link, Text } from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';

type SourceRevision = DeliveryApplication['revisions'][number];

/** A commit in short with a link to its page, or a chart with its version. */
export const Revision = ({ revision }: { readonly revision: SourceRevision }) => {
  const { revision: deployed, chart, commitUrl, targetRevision } = revision;
  const text = shortRevision(revision) ?? targetRevision ?? '?';
  if (commitUrl) {
    return (
      <Link href={commitUrl} title={deployed}>
        {text}
      </Link>
    );
  }
  return (
    <Text as="span" title={deployed}>
      {chart ? `${chart} ${text}` : text}
    </Text>
  );
};

/** Seven digits of a commit, as Git prints them; anything else as it is. */
export function shortRevision({ revision }: Pick<SourceRevision, 'revision'>): string | undefined {
  return revision && /^[0-9a-f]{40}$/.test(revision) ? revision.slice(0, 7) : revision;
}
