import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { detectors, lastResort } from '@waymark/health';
import { rules } from '@waymark/readiness';
import { catalogEntities } from './catalogEntities';
import { causeIndex } from './causeIndex';
import { causePage } from './causePage';
import { clusterRole } from './clusterRole';
import { commandLine } from './commandLine';
import { packagePages } from './packagePages';
import { readCases } from './readCases';
import { readCauseCases } from './readCauseCases';
import { ruleIndex } from './ruleIndex';
import { rulePage } from './rulePage';
import { templatePages } from './templatePages';
import { workspacePackages } from './workspacePackages';

/** Where everything that is generated lies alone: a file that is not generated any more is removed. */
export const GENERATED_FOLDERS = ['rules', 'causes', 'packages', 'schemas', 'templates'].map(
  folder => `docs/${folder}`,
);

/** Every family of causes: the last one is asked when no other speaks. */
export const families = [...detectors, lastResort];

/** Every generated file: its path from the root of the repository, and its text. */
export function generatedDocuments(root: string): ReadonlyMap<string, string> {
  const packages = workspacePackages(root);
  const textOf = (file: string) => readFileSync(join(root, file), 'utf8');
  return new Map([
    ...rulePages(root),
    ...causePages(root),
    ...packagePages(root, packages),
    ...templatePages(root),
    ['docs/cli.md', commandLine()],
    ['docs/contributing.md', contributing(textOf('CONTRIBUTING.md'))],
    ['docs/schemas/check.schema.json', textOf('packages/readiness/schema/report.schema.json')],
    ['docs/schemas/health.schema.json', textOf('packages/cli/schema/health.schema.json')],
    ['docs/cluster-role.yaml', clusterRole()],
    ['catalog-info.yaml', catalogEntities(packages)],
  ]);
}

const rulePages = (root: string) =>
  new Map([
    ...rules.map(
      rule => [`docs/rules/${rule.id}.md`, rulePage(rule, readCases(root, rule))] as const,
    ),
    ['docs/rules/index.md', ruleIndex(rules)],
  ]);

function causePages(root: string): ReadonlyMap<string, string> {
  const cases = readCauseCases(root);
  return new Map([
    ...families.flatMap(detector =>
      Object.keys(detector.messages).map(
        code => [`docs/causes/${code}.md`, causePage(code, detector, cases)] as const,
      ),
    ),
    ['docs/causes/index.md', causeIndex(families)],
  ]);
}

const contributing = (text: string) =>
  `<!-- Written by npm run generate from CONTRIBUTING.md. -->\n\n${text.replace(/\]\(docs\//g, '](')}`;
