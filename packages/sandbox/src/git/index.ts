export { startGitHost } from './startGitHost';
export type { GitHost, GitHostOptions } from './startGitHost';
export type { HostedRepository, RepositoryRecord } from './HostedRepository';
export { RepositoryRefused } from './RepositoryStore';
export type { NewFiles, NewRepository, RepositoryStore } from './RepositoryStore';
export type { Push, PushListener } from './Push';
