import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Accordion, AccordionPanel, AccordionTrigger, Flex, Text } from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { Age } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';
import { Revision } from '../Revision';

/** What was deployed when, by whom, with the commit. */
export const History = ({ history }: Pick<DeliveryApplication, 'history'>) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  if (!history.length) return null;
  return (
    <Accordion>
      <AccordionTrigger title={t('history.title', { count: history.length })} />
      <AccordionPanel>
        <Flex direction="column" gap="1">
          {history.map(({ id, deployedAt, revisions, author, message, by }) => (
            <Text as="p" key={`${id}/${deployedAt}`}>
              {revisions.map((revision, index) => (
                <Revision key={index} revision={revision} />
              ))}{' '}
              {message && <>“{message}” </>}
              {[author, by && t('facts.by', { by })].filter(Boolean).join(', ')}{' '}
              <Text as="span" color="secondary">
                <Age since={deployedAt} />
              </Text>
            </Text>
          ))}
        </Flex>
      </AccordionPanel>
    </Accordion>
  );
};
