import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../suites/freePort';

export interface PortalOverlay {
  /** Where the portal opens that is given the file. */
  readonly url: string;
  /** For `npm start -- --config`. */
  readonly file: string;
}

/** Moves a portal to a port of its own: on the usual one a person's may run, with real clusters and a real Git host behind it. */
export async function portalOverlay(folder: string): Promise<PortalOverlay> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const file = join(folder, 'address.json');
  const config = { app: { baseUrl: url }, backend: { baseUrl: url, listen: { port } } };
  writeFileSync(file, JSON.stringify(config));
  return { url, file };
}
