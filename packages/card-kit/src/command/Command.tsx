import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonIcon } from '@backstage/ui';
import { RiCheckLine, RiFileCopyLine } from '@remixicon/react';
import { useState } from 'react';
import { cardKitTranslationRef } from '../translation';
import styles from './Command.module.css';

/** How long the tick stays in place of the copy icon. */
const DONE_MS = 2000;

/** A command line with a button that copies it. */
export const Command = ({ text }: { readonly text: string }) => {
  const { t } = useTranslationRef(cardKitTranslationRef);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), DONE_MS);
  };
  return (
    <div className={styles.command}>
      <code className={styles.text}>{text}</code>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={copied ? t('copy.done') : t('copy.label')}
        icon={copied ? <RiCheckLine /> : <RiFileCopyLine />}
        onPress={copy}
      />
    </div>
  );
};
