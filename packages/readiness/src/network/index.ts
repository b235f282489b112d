export * from './policyTypes';
export * from './cidr';
export * from './dnsReach';
export * from './foreignPolicies';
