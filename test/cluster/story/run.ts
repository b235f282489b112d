import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine } from '../../suites/Count';
import { buildWorld } from '../world/build';
import { insideNamespace, rerunInNamespace } from '../world/namespace';
import { partsOf } from '../world/world';
import { chapters } from './chapters';
import { runSteps } from './runSteps';
import { Scene } from './Scene';
import { buildService } from './service/buildService';
import { worldOptions } from './worldOptions';

/** How the program outside, which has the network, tells the one inside where the built service is. */
const serviceVariable = 'WAYMARK_STORY_SERVICE';

/** The main job, from the form to a fault on the page, on the real outside world. */
async function main(): Promise<number> {
  if (!insideNamespace()) {
    await buildWorld(partsOf(worldOptions), line => console.log(line));
    return rerunInNamespace({ [serviceVariable]: await buildService() });
  }
  const dir = mkdtempSync(join(tmpdir(), 'story-'));
  const scene = new Scene({ dir, service: process.env[serviceVariable]! });
  // What still runs would still write into the folder.
  const count = await runSteps(chapters, scene).finally(() => scene.stop());
  if (count.failed) console.log(`The logs are in ${join(dir, 'world', 'logs')}`);
  else rmSync(dir, { recursive: true, force: true });
  console.log(closingLine(count));
  return count.failed ? 1 : 0;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
