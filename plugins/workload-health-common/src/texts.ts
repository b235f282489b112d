import { rules } from '@waymark/readiness';

/** What a finding's rule is called and says, so that a page renders codes without knowing how they are found. */
export interface RuleText {
  readonly title: string;
  readonly why: string;
  readonly remedy: string;
  readonly messages: Readonly<Record<string, string>>;
}

export const ruleTexts: ReadonlyMap<string, RuleText> = new Map(
  rules.map(({ id, title, why, remedy, messages }) => [id, { title, why, remedy, messages }]),
);
