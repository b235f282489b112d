export * from './Reads';
export * from './createTrim';
export * from './graphReads';
