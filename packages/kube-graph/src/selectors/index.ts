export * from './matchesLabels';
export * from './parseSelector';
export * from './requiredLabels';
