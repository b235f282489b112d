import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { cardKitTranslationRef } from '../translation';

export interface FailureNoticeProps {
  readonly failure: Error;
  readonly onRetry: () => void;
  /** Older data is shown below. */
  readonly stale?: boolean;
}

/** Why there is nothing, or nothing newer, to show, in the server's own words, with the way to try again. */
export const FailureNotice = ({ failure, onRetry, stale = false }: FailureNoticeProps) => {
  const { t } = useTranslationRef(cardKitTranslationRef);
  const { name } = failure;
  // A session is renewed when the page is loaded, and by nothing on it.
  const signedOut = name === 'AuthenticationError' || /\b401\b/.test(failure.message);
  const words = signedOut ? t('failure.signedOut') : failure.message;
  const message = name === 'TimeoutError' ? t('failure.timeout') : words;
  const refused = name === 'NotAllowedError' || /\b403\b/.test(message);
  const stillShown = stale && t('failure.stale', { message });
  const forbidden = refused && t('failure.forbidden', { message });
  return (
    <Alert
      status={stale || refused ? 'warning' : 'danger'}
      icon
      title={t('failure.title')}
      description={stillShown || forbidden || message}
      customActions={
        <Button
          size="small"
          variant="secondary"
          onPress={signedOut ? () => window.location.reload() : onRetry}
        >
          {t(signedOut ? 'failure.reload' : 'failure.retry')}
        </Button>
      }
    />
  );
};
