import type { Rule } from '../engine';

/** The page of a rule in short, for a reader without the documentation: code scanning shows it beside every finding. */
export const ruleHelp = ({ why, remedy, sources }: Rule) => ({
  text: [why, `What to do: ${remedy}`, `Sources: ${sources.join(', ')}`].join('\n\n'),
  markdown: [
    why,
    `**What to do.** ${remedy}`,
    ['**Sources**', '', ...sources.map(source => `- <${source}>`)].join('\n'),
  ].join('\n\n'),
});
