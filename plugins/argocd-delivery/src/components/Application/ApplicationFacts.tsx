import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import type { ReactNode } from 'react';
import { argocdDeliveryTranslationRef } from '../../translation';
import { Revision } from '../Revision';
import styles from './ApplicationFacts.module.css';

/** What is deployed, where, and whether Argo CD does it by itself. */
export const ApplicationFacts = ({
  application,
}: {
  readonly application: DeliveryApplication;
}) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { revisions, images, destination, autoSync } = application;
  const auto = [
    autoSync.prune && t('facts.prune'),
    autoSync.selfHeal && t('facts.selfHeal'),
  ].filter(Boolean);
  const facts: readonly (readonly [string, ReactNode])[] = [
    [
      t('facts.revision'),
      revisions.map((revision, index) => <Revision key={index} revision={revision} />),
    ],
    [t('facts.image'), images.join(', ') || '–'],
    [
      t('facts.destination'),
      [destination.cluster ?? destination.server, destination.namespace]
        .filter(Boolean)
        .join(' · '),
    ],
    [t('facts.auto'), autoSync.enabled ? [t('facts.on'), ...auto].join(', ') : t('facts.off')],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};
