import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = `node-${process.platform}-${process.arch}`;
const VERSION = '24.18.1';

/** An npm registry on loopback with one package: a Node that is the one running this. */
export class NodeRegistry {
  readonly url: string;
  /** How often the package was fetched. */
  fetched = 0;
  readonly #server: Server;
  #gate: Promise<void> = Promise.resolve();
  #asked = () => {};

  private constructor(server: Server) {
    this.#server = server;
    const { port } = server.address() as { port: number };
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<NodeRegistry> {
    const archive = packNode();
    const server = createServer();
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    const registry = new NodeRegistry(server);
    server.on('request', async ({ url }, response) => {
      if (url === `/${NAME}`) {
        response.end(JSON.stringify(registry.#describe(archive)));
      } else if (url === '/archive.tgz') {
        registry.fetched += 1;
        registry.#asked();
        await registry.#gate;
        response.end(archive);
      } else {
        response.writeHead(404).end();
      }
    });
    return registry;
  }

  /** Holds the next download back until the returned function is called; `asked` resolves when somebody waits for it. */
  hold(): { readonly asked: Promise<void>; readonly release: () => void } {
    let release = () => {};
    this.#gate = new Promise(done => {
      release = done;
    });
    const asked = new Promise<void>(done => {
      this.#asked = done;
    });
    return { asked, release: () => release() };
  }

  stop() {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #describe(archive: Buffer) {
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    const version = {
      name: NAME,
      version: VERSION,
      dist: { tarball: `${this.url}/archive.tgz`, integrity },
    };
    return { name: NAME, 'dist-tags': { latest: VERSION }, versions: { [VERSION]: version } };
  }
}

function packNode(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-registry-'));
  try {
    mkdirSync(join(folder, 'package/bin'), { recursive: true });
    writeFileSync(
      join(folder, 'package/package.json'),
      JSON.stringify({ name: NAME, version: VERSION }),
    );
    const node = join(folder, 'package/bin/node');
    writeFileSync(node, `#!/bin/sh\nexec "${process.execPath}" "$@"\n`);
    chmodSync(node, 0o755);
    execFileSync('tar', ['-czf', 'archive.tgz', 'package'], { cwd: folder });
    return readFileSync(join(folder, 'archive.tgz'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
