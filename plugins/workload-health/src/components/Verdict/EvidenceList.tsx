import type { WireCause } from '@waymark/backstage-plugin-workload-health-common';
import styles from './EvidenceList.module.css';

/** Every claim with the object, the field and the value that it rests on. */
export const EvidenceList = ({ evidence }: { readonly evidence: WireCause['evidence'] }) => (
  <dl className={styles.list}>
    {evidence.map(({ object, path, value }, index) => (
      <div key={index} className={styles.item}>
        <dt>
          {object.kind}/{object.name} <code>{path}</code>
        </dt>
        <dd>{String(value)}</dd>
      </div>
    ))}
  </dl>
);
