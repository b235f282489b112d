import { InputError } from '@backstage/errors';
import { load } from 'js-yaml';
import { z } from 'zod';
import { fileClassesSchema, FILE_CLASSES_FILE, type FileClasses } from './Stamp';

/** Parses `files.yaml` of a template. */
export function readFileClasses(text: string): FileClasses {
  const parsed = fileClassesSchema.safeParse(load(text));
  if (!parsed.success)
    throw new InputError(`${FILE_CLASSES_FILE}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
