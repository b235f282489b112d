export * from './parseQuantity';
export * from './resolveCount';
