export * from './LiveState';
export * from './useLive';
export { OUTDATED_AFTER_MS } from './useOutdated';
