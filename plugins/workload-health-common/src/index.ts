export * from './wire';
export * from './annotations';
