export type { RenderOptions, SourceLocation } from './RenderOptions';
export * from './renderFinding';
export * from './renderGap';
export * from './renderText';
export * from './renderJson';
export * from './renderSarif';
export * from './renderJunit';
