import { badRequest } from '../status/refusals';
import type { Requirement } from './LabelSelector';

const KEY = String.raw`(?:[A-Za-z0-9.-]+\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?`;
const VALUE = String.raw`(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?`;
const FORMS: readonly [RegExp, (match: RegExpMatchArray) => Requirement][] = [
  [
    new RegExp(`^(${KEY})\\s*(in|notin)\\s*\\(([^()]*)\\)$`),
    ([, key, operator, values]) => ({
      key,
      operator: operator === 'in' ? 'In' : 'NotIn',
      values: values.split(',').map(value => value.trim()),
    }),
  ],
  [
    new RegExp(`^(${KEY})\\s*(={1,2}|!=)\\s*(${VALUE})$`),
    ([, key, operator, value]) => ({
      key,
      operator: operator === '!=' ? 'NotIn' : 'In',
      values: [value],
    }),
  ],
  [new RegExp(`^(${KEY})$`), ([, key]) => ({ key, operator: 'Exists', values: [] })],
  [new RegExp(`^!\\s*(${KEY})$`), ([, key]) => ({ key, operator: 'DoesNotExist', values: [] })],
];

/** Reads `app=web,tier in (a,b),!canary`, the form of the `labelSelector` parameter. */
export function parseLabelSelector(text: string): Requirement[] {
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  return parts.filter(Boolean).map(part => {
    for (const [form, read] of FORMS) {
      const match = form.exec(part);
      if (match) return read(match);
    }
    throw badRequest(`unable to parse requirement: found '${part}', expected: a label requirement`);
  });
}
