export * from './wire';
export * from './annotations';
export * from './texts';
export { causeDocs, causeMessages, causeRemedies, messageKeyOf } from '@waymark/health';
