import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Skeleton, VisuallyHidden } from '@backstage/ui';
import { cardKitTranslationRef } from '../translation';

/** The place of a few lines of text, so that nothing jumps when they arrive. */
export const LoadingLines = ({ lines = 3 }: { readonly lines?: number }) => {
  const { t } = useTranslationRef(cardKitTranslationRef);
  return (
    <Flex direction="column" gap="2" role="status" aria-busy="true">
      <VisuallyHidden>{t('loading')}</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} width={line === lines - 1 ? '60%' : '100%'} height="1.25em" />
      ))}
    </Flex>
  );
};
