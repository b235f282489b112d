import styles from './StatusMark.module.css';

/** What a status means to a person; the plugin maps its own words to these. */
export type Tone = 'good' | 'moving' | 'paused' | 'unknown' | 'impaired' | 'broken';

/** Shape, word and colour: never colour alone. */
const SHAPES: Readonly<Record<Tone, string>> = {
  good: '●',
  moving: '◐',
  paused: '‖',
  unknown: '?',
  impaired: '▲',
  broken: '✖',
};

export interface StatusMarkProps {
  readonly tone: Tone;
  readonly label: string;
}

export const StatusMark = ({ tone, label }: StatusMarkProps) => (
  <span className={styles.mark} data-tone={tone}>
    <span aria-hidden="true">{SHAPES[tone]}</span> {label}
  </span>
);
