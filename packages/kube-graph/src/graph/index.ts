export * from './ref';
export * from './Graph';
export * from './buildGraph';
export * from './controllerOwnerOf';
export * from './isHook';
export * from './MalformedObjectError';
export { scaleTargetRef } from './keys';
