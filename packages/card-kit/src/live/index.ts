export * from './LiveState';
export * from './useLive';
