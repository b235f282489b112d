import { detectors, lastResort } from '@waymark/health';
import { rules } from '@waymark/readiness';
import { causeIndex } from './causeIndex';
import { causePage } from './causePage';
import { clusterRole } from './clusterRole';
import { readCases } from './readCases';
import { readCauseCases } from './readCauseCases';
import { ruleIndex } from './ruleIndex';
import { rulePage } from './rulePage';

const RULES = 'docs/rules';
const CAUSES = 'docs/causes';

/** Where everything that is generated lies alone: a file that is not generated any more is removed. */
export const GENERATED_FOLDERS = [RULES, CAUSES] as const;

/** Every family of causes: the last one is asked when no other speaks. */
export const families = [...detectors, lastResort];

/** Every generated file: its path from the root of the repository, and its text. */
export function generatedDocuments(root: string): ReadonlyMap<string, string> {
  const causeCases = readCauseCases(root);
  return new Map([
    ...rules.map(
      rule => [`${RULES}/${rule.id}.md`, rulePage(rule, readCases(root, rule))] as const,
    ),
    [`${RULES}/index.md`, ruleIndex(rules)],
    ...families.flatMap(detector =>
      Object.keys(detector.messages).map(
        code => [`${CAUSES}/${code}.md`, causePage(code, detector, causeCases)] as const,
      ),
    ),
    [`${CAUSES}/index.md`, causeIndex(families)],
    ['docs/cluster-role.yaml', clusterRole()],
  ]);
}
