import { findNameProblem } from './findNameProblem';

/** The nearest name that can be; undefined where nothing of the text is left, or not enough to recognise it. */
export function suggestName(text: string, longest: number): string | undefined {
  const suggestion = text
    .replace(/["'`´‘’“”„«»]/g, '')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
  return suggestion !== text && !findNameProblem(suggestion, longest) ? suggestion : undefined;
}
