export * from './wire';
export * from './annotations';
export * from './texts';
export { causeMessages, causeRemedies, messageKeyOf } from '@waymark/health';
