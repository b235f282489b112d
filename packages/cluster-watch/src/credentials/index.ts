export * from './ClusterCredentials';
export * from './AwsIdentities';
export * from './createCredentialSource';
