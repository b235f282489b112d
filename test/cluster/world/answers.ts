import { get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { connect } from 'node:net';

/** Whether a health endpoint on loopback says 200. Its certificate may be its own. */
export function answers(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const options = { timeout: 5000, rejectUnauthorized: false };
    const get = url.startsWith('https:') ? getHttps : getHttp;
    const call = get(url, options, answer => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    call.on('error', reject);
    call.on('timeout', () => call.destroy(new Error(`no answer from ${url}`)));
  });
}

/** Whether something listens on a port of loopback, for a protocol without a health endpoint. */
export function accepts(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', reject);
  });
}
