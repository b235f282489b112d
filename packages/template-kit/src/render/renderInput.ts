import { InputError } from '@backstage/errors';
import type { TemplateStep } from '../template/Template';
import type { Renderer } from './createRenderer';

export type StepContext = Record<string, unknown>;

/**
 * The input of a step with its expressions evaluated. The portal passes an expression that fails on as raw text; here it is
 * an error, for nobody means that.
 */
export function renderInput(
  { id, input = {} }: TemplateStep,
  renderer: Renderer,
  context: StepContext,
) {
  return renderValue(input, renderer, context, id) as Record<string, unknown>;
}

/** Whether the step's condition holds: what the scaffolder takes for true. */
export function holds(
  { id, if: condition = true }: TemplateStep,
  renderer: Renderer,
  context: StepContext,
): boolean {
  const value =
    typeof condition === 'string' ? renderValue(condition, renderer, context, id) : condition;
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function renderValue(
  value: unknown,
  renderer: Renderer,
  context: StepContext,
  step: string,
): unknown {
  if (Array.isArray(value)) return value.map(item => renderValue(item, renderer, context, step));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [
        key,
        renderValue(child, renderer, context, step),
      ]),
    );
  }
  if (typeof value !== 'string') return value;
  try {
    // The portal serialises inputs once, which detaches them and drops what is undefined.
    const rendered = renderer.renderValue(value, context as never);
    return rendered === undefined ? undefined : JSON.parse(JSON.stringify(rendered));
  } catch (error) {
    throw new InputError(`step ${step}: cannot evaluate ${JSON.stringify(value)}`, error as Error);
  }
}
