import { ruleTexts, type WireFinding } from '@waymark/backstage-plugin-workload-health-common';

/** A finding in its rule's own words. A rule that is newer than this page is shown by its id. */
export function ruleTextOf({ rule, code, args }: Pick<WireFinding, 'rule' | 'code' | 'args'>) {
  const text = ruleTexts.get(rule);
  const message = text?.messages[code]?.replace(/\{\{(\w+)\}\}/g, (whole, name) =>
    String(args[name] ?? whole),
  );
  return {
    title: text?.title ?? rule,
    message: message ?? code,
    why: text?.why,
    remedy: text?.remedy,
  };
}
