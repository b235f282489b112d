import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Answers } from '@waymark/template-kit';
import { load } from 'js-yaml';

export const templates = resolve(__dirname, '../../templates');
export const templateDir = join(templates, 'node-service');
export const chartDir = join(templates, '_chart');

export const ENVIRONMENTS = ['dev', 'prod'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** A part of an object: what is not named may be anything. */
export type ExpectedObject = { readonly kind: string; readonly [field: string]: unknown };

/** `cases/*.yaml` of a template: answers, and what must come of them. */
export interface TemplateCase {
  readonly name: string;
  readonly answers: Answers & { readonly name: string };
  readonly expect: Readonly<Record<Environment, Readonly<Record<string, number>>>> & {
    /** Rules whose findings are exempted, by environment; no other finding may be there at all. */
    readonly exempted?: Partial<Record<Environment, readonly string[]>>;
    /** Parts of objects of the release, in each environment. */
    readonly objects?: readonly ExpectedObject[];
    /** Every address range of the network policy, in its order. */
    readonly ranges?: readonly string[];
    /** Parts of other YAML files, by path. */
    readonly files?: Readonly<Record<string, object>>;
    /** Texts in other files, by path. */
    readonly texts?: Readonly<Record<string, readonly string[]>>;
  };
}

export const loadCases = (): TemplateCase[] =>
  readdirSync(join(templateDir, 'cases'))
    .sort()
    .map(file => ({
      name: basename(file, '.yaml'),
      ...(load(readFileSync(join(templateDir, 'cases', file), 'utf8')) as Omit<
        TemplateCase,
        'name'
      >),
    }));

/** A case as files, and its release in each environment as Helm prints it. */
export interface Rendered {
  readonly testCase: TemplateCase;
  readonly folder: string;
  readonly namespace: string;
  readonly manifests: Readonly<Record<Environment, string>>;
}

export const valuesOf = (folder: string, environment: Environment) => [
  join(folder, 'deploy/values.yaml'),
  join(folder, `deploy/values-${environment}.yaml`),
];
