export * from './Rule';
export * from './defineRule';
export * from './Report';
export * from './evaluate';
export * from './summarise';
export { EXEMPTION_PREFIX } from './exemptionOf';
