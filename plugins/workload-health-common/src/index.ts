export * from './wire';
export * from './annotations';
export * from './texts';
export { causeMessages, causeRemedies } from '@waymark/health';
