import { relative } from 'node:path';
import type { ObjectId } from '@waymark/kube-graph';
import {
  renderJson,
  renderJunit,
  renderSarif,
  renderText,
  type RenderOptions,
  type Report,
  rules,
  type SourceLocation,
} from '@waymark/readiness';

const RENDERERS = { text: renderText, json: renderJson, sarif: renderSarif, junit: renderJunit };

export type Format = keyof typeof RENDERERS;
export const FORMATS = Object.keys(RENDERERS) as Format[];

export interface FormatReportOptions {
  readonly sources: ReadonlyMap<ObjectId, SourceLocation>;
  /** What paths in the report are relative to, as code scanning services expect. */
  readonly folder: string;
  /** Address of the documentation site. */
  readonly docs?: string;
}

/** The report in one of its forms, with the file and line of every object. */
export function formatReport(
  report: Report,
  format: Format,
  { sources, folder, docs }: FormatReportOptions,
): string {
  const options: RenderOptions = {
    rules,
    ...(docs !== undefined && { docs }),
    sources: new Map(
      [...sources].map(([id, { file, line }]) => [id, { file: relativeTo(folder, file), line }]),
    ),
  };
  return RENDERERS[format](report, options);
}

const relativeTo = (folder: string, file: string) =>
  file.startsWith('/') ? relative(folder, file) : file;
