import { LEVELS, type Rule } from '@waymark/readiness';
import { table } from './table';

const MEANING = {
  deployable: 'It can start, and callers reach it.',
  resilient: 'It survives a rollout, a lost node and load.',
  secure: 'Whoever gets in does not get far.',
  efficient: 'It costs what it needs.',
};

/** All rules by level. */
export const ruleIndex = (rules: readonly Rule[]): string =>
  `${[
    '<!-- Written by npm run generate from packages/readiness/src/rules. -->',
    '# Production readiness rules',
    'The same rules judge a chart in the scaffolder, in the pipeline of a service (`waymark check`) and the live objects on its catalog page. One error fails the gate. A level is reached when nothing of it and of the levels before fails; advice never holds a level back. What cannot be known is *unknown*, never passed.',
    ...LEVELS.flatMap(level => {
      const own = rules.filter(rule => rule.level === level);
      if (!own.length) return [];
      return [
        `## ${level[0].toUpperCase()}${level.slice(1)}`,
        MEANING[level],
        table(
          ['Rule', 'Finds', 'Severity', 'Judges'],
          own.map(({ id, title, severity, kinds }) => [
            `[${id}](${id}.md)`,
            title,
            severity,
            kinds.join(', '),
          ]),
        ),
      ];
    }),
  ].join('\n\n')}\n`;
