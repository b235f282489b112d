export * from './renderFinding';
