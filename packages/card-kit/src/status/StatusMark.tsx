import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { cardKitTranslationRef } from '../translation';
import styles from './StatusMark.module.css';

/** What a status means to a person; the plugin maps its own words to these. */
export type Tone = 'good' | 'moving' | 'paused' | 'hint' | 'unknown' | 'impaired' | 'broken';

/** Shape, word and colour: never colour alone. */
const SHAPES: Readonly<Record<Tone, string>> = {
  good: '●',
  moving: '◐',
  paused: '‖',
  hint: '○',
  unknown: '?',
  impaired: '▲',
  broken: '✖',
};

export interface StatusMarkProps {
  readonly tone: Tone;
  readonly label: string;
  /** It was so, and nobody can tell whether it still is: the words stay, the tone does not. */
  readonly lastKnown?: boolean;
}

export const StatusMark = ({ tone, label, lastKnown = false }: StatusMarkProps) => {
  const { t } = useTranslationRef(cardKitTranslationRef);
  const shown = lastKnown ? 'unknown' : tone;
  return (
    <span className={styles.mark} data-tone={shown}>
      <span aria-hidden="true">{SHAPES[shown]}</span>{' '}
      {lastKnown ? t('status.lastKnown', { label }) : label}
    </span>
  );
};
