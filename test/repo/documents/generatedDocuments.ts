import { rules } from '@waymark/readiness';
import { clusterRole } from './clusterRole';
import { readCases } from './readCases';
import { ruleIndex } from './ruleIndex';
import { rulePage } from './rulePage';

/** Where everything that is generated lies alone: a file that is not generated any more is removed. */
export const GENERATED_FOLDER = 'docs/rules';

/** Every generated file: its path from the root of the repository, and its text. */
export const generatedDocuments = (root: string): ReadonlyMap<string, string> =>
  new Map([
    ...rules.map(
      rule => [`${GENERATED_FOLDER}/${rule.id}.md`, rulePage(rule, readCases(root, rule))] as const,
    ),
    [`${GENERATED_FOLDER}/index.md`, ruleIndex(rules)],
    ['docs/cluster-role.yaml', clusterRole()],
  ]);
