import { causeMessages, type Detector } from '@waymark/health';
import { causeSentence } from './causeSentence';
import { table } from './table';

/** All causes by family, in the order of precedence. */
export const causeIndex = (detectors: readonly Detector[]): string =>
  `${[
    '<!-- Written by npm run generate from packages/health/src/causes. -->',
    '# Causes',
    'What a workload has is told in one sentence, with the next step and the fields that it rests on. The families stand in the order of precedence: the first that applies is the cause, the others are its symptoms. What could not be read makes a verdict *unknown*, never healthy.',
    ...detectors.flatMap(detector => [
      `## ${detector.title}`,
      detector.why,
      table(
        ['Code', 'Sentence'],
        Object.keys(detector.messages).map(code => [
          `[\`${code}\`](${code}.md)`,
          causeSentence(causeMessages[code]),
        ]),
      ),
    ]),
  ].join('\n\n')}\n`;
