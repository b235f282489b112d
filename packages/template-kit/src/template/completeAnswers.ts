import { InputError } from '@backstage/errors';
import Ajv, { type ErrorObject } from 'ajv';
import type { Answers, Template } from './Template';

/**
 * Checks answers against the form and fills in its defaults, as the portal's form does before Create. Every wrong field is
 * named, with its value.
 */
export function completeAnswers({ name, parameters }: Template, answers: Answers): Answers {
  // The form's own keywords (ui:field and the like) mean nothing here.
  const ajv = new Ajv({ useDefaults: true, allErrors: true, strict: false });
  const completed = structuredClone(answers) as Record<string, unknown>;
  const errors = parameters.flatMap(page => {
    const validate = ajv.compile({ type: 'object', ...page });
    return validate(completed) ? [] : (validate.errors ?? []);
  });
  if (errors.length)
    throw new InputError(
      `the answers do not fit the form of ${name}:\n${errors.map(format).join('\n')}`,
    );
  return completed;
}

function format({ instancePath, message, params, data }: ErrorObject & { data?: unknown }): string {
  const field =
    instancePath.slice(1).replace(/\//g, '.') || String(params.missingProperty ?? 'answers');
  return `  ${field}: ${message}${data === undefined ? '' : ` (is ${JSON.stringify(data)})`}`;
}
