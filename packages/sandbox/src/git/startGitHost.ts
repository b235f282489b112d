import express, { type ErrorRequestHandler } from 'express';
import { listenOnLoopback } from '../http/listenOnLoopback';
import { createGiteaApi } from './api/createGiteaApi';
import { GiteaContext } from './api/GiteaContext';
import { GiteaError } from './api/GiteaError';
import { GiteaLinks } from './api/GiteaLinks';
import { Credentials } from './Credentials';
import { createSmartHttp } from './createSmartHttp';
import { createGitPages, notFoundPage } from './pages/createGitPages';
import type { PushListener } from './Push';
import { RepositoryStore } from './RepositoryStore';

export interface GitHostOptions {
  /** 0 takes a free one. */
  port: number;
  /** Where the bare repositories lie; made when it is missing, kept when the host stops. */
  dir: string;
  user: string;
  password: string;
  /** An organisation that is there from the start. */
  org: string;
  now?: () => Date;
}

export interface GitHost {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly repositories: RepositoryStore;
  /** Hears of every branch that a push or a commit moved. */
  onPush(listener: PushListener): () => void;
  stop(): Promise<void>;
}

/** A Git host on loopback that answers like Gitea. */
export async function startGitHost(options: GitHostOptions): Promise<GitHost> {
  const { port, dir, user, password, org, now = () => new Date() } = options;
  const repositories = await RepositoryStore.open({ dir, now });
  if (!repositories.organisation(org)) await repositories.addOrganisation(org);
  const app = express();
  const server = await listenOnLoopback(app, port);
  const credentials = new Credentials(user, password);
  const gitea = new GiteaContext(repositories, credentials, new GiteaLinks(server.url));
  app.disable('x-powered-by');
  app.use(createSmartHttp(repositories, credentials));
  app.use('/api/v1', createGiteaApi(gitea));
  app.use(createGitPages(gitea));
  app.use((_request, response) => notFoundPage(response, 'There is no such page.'));
  app.use(sendErrorPage);
  return {
    url: server.url,
    user,
    password,
    repositories,
    onPush: listener => repositories.onPush(listener),
    stop: () => server.close(),
  };
}

const sendErrorPage: ErrorRequestHandler = (error, _request, response, _next) => {
  if (error instanceof GiteaError && error.status === 404) {
    notFoundPage(response, 'There is no such repository, branch or file.');
    return;
  }
  response.status(500).type('text').send('The Git host failed at this request.\n');
};
