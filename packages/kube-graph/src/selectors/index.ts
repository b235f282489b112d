export * from './matchesLabels';
export * from './parseSelector';
