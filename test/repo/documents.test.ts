import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { apiResources, type Kind } from '@waymark/kube-graph';
import { rules } from '@waymark/readiness';
import { load } from 'js-yaml';
import { clusterRole, policyRules, portalReads, type PolicyRule } from './documents/clusterRole';
import { families, generatedDocuments } from './documents/generatedDocuments';
import { staleDocuments } from './documents/staleDocuments';

const root = resolve(__dirname, '../..');
const documents = generatedDocuments(root);

describe('generated documents', () => {
  it('are up to date', () => {
    const stale = staleDocuments(root, documents).map(({ path }) => path);
    assert.deepEqual(stale, [], 'run npm run generate');
  });

  it('show every rule with both examples', () => {
    for (const { id } of rules) {
      const page = documents.get(`docs/rules/${id}.md`) ?? '';
      assert.match(page, /## An example that fails\n\n```yaml\n[^]+?```\n\n> /, id);
      assert.match(page, /## An example that passes\n\n```yaml\n[^]+?```\n\n[^>]/, id);
      assert.doesNotMatch(page, /undefined|\{\{\w+\}\}|\[object/, id);
      assert.ok(documents.get('docs/rules/index.md')?.includes(`[${id}](${id}.md)`), id);
    }
  });

  it('show every cause with its condition, next step, command and example', () => {
    for (const { messages } of families)
      for (const code of Object.keys(messages)) {
        const page = documents.get(`docs/causes/${code}.md`) ?? '';
        assert.match(page, /## When it is said\n\n[^\n]+\n\n(At once|After \d+ s), /, code);
        assert.match(page, /## What to do\n\n[A-Z][^]+?```sh\nkubectl [^]+?```\n/, code);
        assert.match(
          page,
          /## An example\n\n> [^]+?\| Object \|[^]+?\n## What it rests on\n\n- /,
          code,
        );
        assert.doesNotMatch(page, /undefined|\{\{\w+\}\}|\[object/, code);
        assert.ok(documents.get('docs/causes/index.md')?.includes(`(${code}.md)`), code);
      }
  });

  it('are found out of date, missing or left over', t => {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-documents-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'docs/rules'), { recursive: true });
    mkdirSync(join(folder, 'docs/causes'), { recursive: true });
    writeFileSync(join(folder, 'docs/causes/gone.md'), 'a cause that was removed');
    writeFileSync(join(folder, 'docs/rules/a.md'), 'old');
    writeFileSync(join(folder, 'docs/rules/b.md'), 'same');
    writeFileSync(join(folder, 'docs/rules/gone.md'), 'a rule that was removed');
    const wanted = new Map([
      ['docs/rules/a.md', 'new'],
      ['docs/rules/b.md', 'same'],
      ['docs/rules/c.md', 'first'],
    ]);
    assert.deepEqual(staleDocuments(folder, wanted), [
      { path: 'docs/rules/a.md', text: 'new' },
      { path: 'docs/rules/c.md', text: 'first' },
      { path: 'docs/rules/gone.md' },
      { path: 'docs/causes/gone.md' },
    ]);
  });
});

describe('the cluster role', () => {
  const { rules: granted } = load(clusterRole()) as { rules: PolicyRule[] };
  const pairs = granted.flatMap(({ apiGroups, resources }) =>
    apiGroups.flatMap(group => resources.map(resource => `${group}/${resource}`)),
  );

  it('grants to read exactly what is declared, and Applications', () => {
    const declared = (Object.keys(portalReads) as Kind[]).map(kind => {
      const { group, resource } = apiResources[kind];
      return `${group}/${resource}`;
    });
    assert.deepEqual([...pairs].sort(), [...declared, 'argoproj.io/applications'].sort());
    for (const { verbs } of granted) assert.deepEqual(verbs, ['get', 'list', 'watch']);
    assert.ok(pairs.includes('/pods') && pairs.includes('/configmaps'));
  });

  it('never grants Secrets or wildcards', () => {
    assert.deepEqual(
      pairs.filter(pair => /\/(secrets|\*)$|^\*/.test(pair)),
      [],
    );
    assert.throws(() => policyRules({ Secret: { fields: [] } }), /Secrets/);
  });
});
