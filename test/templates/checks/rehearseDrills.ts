import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Skipped } from '../Tally';
import type { Rendered } from '../TemplateCase';

/** Answers what the drills ask, and writes down everything that it is called with. */
const KUBECTL = `#!/bin/sh
echo "$*" >> "$KUBECTL_LOG"
case "$*" in
  *current-context*) echo test ;;
  *"get namespace"*) printf %s "$CHAOS_LABEL" ;;
  *readyReplicas*) printf 2 ;;
  *"get pods"*) echo order-1 ;;
  *"get networkpolicy"*) echo '{"spec":{"egress":[{"a":1},{"b":2}]}}' ;;
esac
`;
const CHANGES = /^(?:--namespace \S+ )?(delete|patch|debug|scale|apply|rollout restart)/m;
const DRILLS = ['delete-pod', 'stress-cpu', 'cut-dependencies'];

/** Without --run a drill changes nothing; with it, only where the namespace carries the label. */
export function rehearseDrills({ folder }: Rendered): string {
  if (spawnSync('jq', ['--version']).error) throw new Skipped('no jq, which the drills use');
  for (const name of DRILLS) {
    const drill = join(folder, 'chaos', `${name}.sh`);
    assert.equal(spawnSync('bash', ['-n', drill]).status, 0, `${name} is no Bash`);
    const dry = play(drill, [], 'allowed');
    assert.equal(dry.status, 0, `${name} without --run fails: ${dry.output}`);
    assert(!CHANGES.test(dry.calls), `${name} without --run changes something: ${dry.calls}`);
    assert(dry.output.includes('would run: kubectl'), `${name} does not say what it would do`);

    const forbidden = play(drill, ['--run'], '');
    assert.equal(forbidden.status, 2, `${name} runs in a namespace that does not allow it`);
    assert(!CHANGES.test(forbidden.calls), `${name} changes something where it may not`);

    const allowed = play(drill, ['--run'], 'allowed');
    assert(CHANGES.test(allowed.calls), `${name} with --run changes nothing: ${allowed.output}`);
  }
  return `${DRILLS.length} drills`;
}

function play(drill: string, args: readonly string[], label: string) {
  const bin = mkdtempSync(join(tmpdir(), 'waymark-kubectl-'));
  try {
    return playIn(bin, drill, args, label);
  } finally {
    rmSync(bin, { recursive: true });
  }
}

function playIn(bin: string, drill: string, args: readonly string[], label: string) {
  const log = join(bin, 'calls');
  writeFileSync(log, '');
  for (const [name, text] of [
    ['kubectl', KUBECTL],
    ['sleep', '#!/bin/sh\n'],
  ]) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  const { status, stdout, stderr } = spawnSync('bash', [drill, ...args], {
    encoding: 'utf8',
    timeout: 20_000,
    env: {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      KUBECTL_LOG: log,
      CHAOS_LABEL: label,
    },
  });
  return { status, output: stdout + stderr, calls: readFileSync(log, 'utf8') };
}
