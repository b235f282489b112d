import { spawn } from 'node:child_process';
import type { Request, Response } from 'express';
import type { HostedRepository } from './HostedRepository';
import { gitEnvironment } from './runGit';

export interface GitExchange {
  repository: HostedRepository;
  request: Request;
  response: Response;
  service: string;
  /** Without a user `git http-backend` refuses pushes by itself, too. */
  user?: string;
}

/** One CGI call (RFC 3875). Resolves when Git has finished. */
export async function httpBackend(exchange: GitExchange): Promise<void> {
  const { repository, request, response, service, user } = exchange;
  const discovery = request.method === 'GET';
  const child = spawn('git', ['http-backend'], {
    env: {
      ...gitEnvironment,
      GIT_PROJECT_ROOT: repository.git.directory,
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: discovery ? '/info/refs' : `/${service}`,
      QUERY_STRING: discovery ? `service=${service}` : '',
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.get('content-type') ?? '',
      CONTENT_LENGTH: request.get('content-length') ?? '',
      HTTP_CONTENT_ENCODING: request.get('content-encoding') ?? '',
      GIT_PROTOCOL: request.get('git-protocol') ?? '',
      REMOTE_ADDR: '127.0.0.1',
      ...(user && { REMOTE_USER: user }),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => {});
  request.pipe(child.stdin);
  response.once('close', () => child.kill());
  const answer = new CgiAnswer(response);
  child.stdout.on('data', (chunk: Buffer) => answer.write(chunk));
  await new Promise<void>(resolve => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  answer.end();
}

/** Splits what a CGI program prints into headers and body. */
class CgiAnswer {
  private head: Buffer | undefined = Buffer.alloc(0);

  constructor(private readonly response: Response) {}

  write(chunk: Buffer): void {
    if (this.head === undefined) {
      this.response.write(chunk);
      return;
    }
    this.head = Buffer.concat([this.head, chunk]);
    const end = this.head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const body = this.head.subarray(end + 4);
    writeHead(this.response, this.head.subarray(0, end).toString());
    this.head = undefined;
    if (body.length > 0) this.response.write(body);
  }

  end(): void {
    if (this.head !== undefined) this.response.status(500);
    this.response.end();
  }
}

function writeHead(response: Response, head: string): void {
  for (const line of head.split('\r\n')) {
    const [name, value] = [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)];
    if (name.toLowerCase() === 'status') response.status(Number.parseInt(value, 10));
    else response.setHeader(name, value.trim());
  }
}
