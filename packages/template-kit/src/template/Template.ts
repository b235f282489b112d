/** One step of a scaffolder template, with the expressions still in it. */
export interface TemplateStep {
  readonly id: string;
  readonly name?: string;
  readonly action: string;
  readonly if?: string | boolean;
  readonly input?: Readonly<Record<string, unknown>>;
}

/** A scaffolder template as its files say, `$yaml` includes resolved. */
export interface Template {
  readonly name: string;
  readonly title?: string;
  /** Absolute path of the folder that holds `template.yaml`. */
  readonly dir: string;
  /** Form pages: JSON schemas with `ui:` options. */
  readonly parameters: readonly Readonly<Record<string, unknown>>[];
  readonly steps: readonly TemplateStep[];
}

export type Answers = Readonly<Record<string, unknown>>;
