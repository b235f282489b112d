import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import type { EntityDelivery } from '@waymark/backstage-plugin-argocd-delivery-common';
import { Command, EmptyNotice } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';

/**
 * What the card is for, and the one step to get it, already filled in. While a source does not answer, that is no step:
 * the application may well be there, and the notices say why nobody knows.
 */
export const NoApplications = ({
  entity,
  delivery,
}: {
  readonly entity: Entity;
  readonly delivery: EntityDelivery;
}) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  if (!delivery.sources.length) return <Text as="p">{t('empty.noSource')}</Text>;
  const unread = delivery.sources.filter(({ state }) => state !== 'live');
  if (unread.length) {
    return (
      <EmptyNotice title={t('empty.unknown')}>
        <Text as="p">
          {t('empty.unread', { names: unread.map(({ name }) => name).join(', ') })}
        </Text>
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title={t('empty.title')}>
      <Text as="p">{t('empty.explanation')}</Text>
      <Command text={`argocd/app-name: ${entity.metadata.name}`} />
    </EmptyNotice>
  );
};
