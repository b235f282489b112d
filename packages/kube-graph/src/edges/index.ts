export * from './podTemplateOf';
export * from './configReferences';
export * from './resolveTargetPort';
