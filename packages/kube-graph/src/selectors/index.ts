export * from './matchesLabels';
