export * from './podTemplateOf';
export * from './configReferences';
export * from './resolveTargetPort';
export * from './serviceSelector';
export * from './calledHosts';
