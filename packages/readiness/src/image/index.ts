export * from './parseImage';
export * from './isMutableTag';
