import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv04 from 'ajv-draft-04';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { buildGraph, idOf, type KubeObject } from '@waymark/kube-graph';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { loadAll } from 'js-yaml';
import { evaluate } from '../engine';
import { rules } from '../rules';
import { renderJson, renderJunit, renderSarif, renderText, type RenderOptions } from '.';

const NOW = new Date('2026-11-21T00:00:00Z');
const objects = loadAll(
  readFileSync(join(__dirname, 'fixtures', 'release.yaml'), 'utf8'),
) as KubeObject[];
const graph = buildGraph(objects, {
  coverage: kind =>
    kind === 'NetworkPolicy'
      ? { state: 'missing', reason: 'forbidden', message: 'networkpolicies is forbidden: <user>' }
      : { state: 'complete' },
});
const report = evaluate(graph, { rules, now: NOW });
const options: RenderOptions = {
  rules,
  sources: new Map(
    objects.map((object, index) => [idOf(object), { file: 'chart/all in.yaml', line: index + 1 }]),
  ),
  docs: 'https://example.org/docs',
};
const SECRET_VALUES = ['hunter2', 'aHVudGVyMg=='];

const parsed = (text: string) => JSON.parse(text);

describe('renderJson', () => {
  const schema = JSON.parse(
    readFileSync(join(__dirname, '../../schema/report.schema.json'), 'utf8'),
  );
  const ajv = addFormats(new Ajv2020({ strict: true, allowUnionTypes: true }));
  const validate = ajv.compile(schema);

  it.each([
    ['with everything', report, options],
    ['without sources', report, { rules }],
    ['of nothing', evaluate(buildGraph([]), { rules, now: NOW }), { rules }],
  ])('matches its schema %s', (_name, given, given_options) => {
    validate(parsed(renderJson(given, given_options)));
    expect(validate.errors ?? []).toEqual([]);
  });

  it('refuses a shape that the schema does not know', () => {
    const document = parsed(renderJson(report, options));
    document.findings[0].subject.kind = undefined;
    document.findings[0].severity = 'fatal';
    document.gate = 'green';
    expect(validate(parsed(JSON.stringify(document)))).toBe(false);
  });

  it('counts what it lists, and lists the gravest first', () => {
    const { counts, findings, gate, undecided } = parsed(renderJson(report, options));
    const standing = findings.filter(
      ({ exemption }: { exemption?: { state: string } }) => exemption?.state !== 'active',
    );
    for (const severity of ['error', 'warning', 'advice']) {
      expect(
        standing.filter((finding: { severity: string }) => finding.severity === severity),
      ).toHaveLength(counts[severity]);
    }
    expect(counts.exempt).toBe(findings.length - standing.length);
    expect(counts.exempt).toBeGreaterThan(0);
    expect(gate).toBe('fail');
    expect(findings[0].severity).toBe('error');
    expect(findings[findings.length - 1].severity).toBe('advice');
    expect(undecided[0].gaps[0]).toMatchObject({ kind: 'NetworkPolicy', reason: 'forbidden' });
    expect(findings[0].location).toEqual({ file: 'chart/all in.yaml', line: expect.any(Number) });
  });
});

describe('renderSarif', () => {
  // The schema as OASIS published it, format checks included; SARIF asks for an absolute help URI.
  const schema = JSON.parse(
    readFileSync(
      require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
      'utf8',
    ),
  );
  const validate = addFormats(new Ajv04({ strict: false, unicodeRegExp: false })).compile(schema);
  const log = parsed(renderSarif(report, options));
  const [run] = log.runs;

  it('matches the schema of SARIF 2.1.0', () => {
    validate(log);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ ...log, version: '2.0.0' })).toBe(false);
  });

  it('names rule, place and fingerprint of each finding', () => {
    const result = run.results.find(
      ({ ruleId }: { ruleId: string }) => ruleId === 'image-tag-mutable',
    );
    expect(run.tool.driver.rules[result.ruleIndex]).toMatchObject({
      id: 'image-tag-mutable',
      helpUri: 'https://example.org/docs/rules/image-tag-mutable',
    });
    expect(result).toMatchObject({
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'chart/all%20in.yaml' },
            region: { startLine: 1 },
          },
          logicalLocations: [
            {
              fullyQualifiedName: 'apps/Deployment/shop/web#/spec/template/spec/containers/0/image',
            },
          ],
        },
      ],
    });
    const fingerprints = run.results.map(
      ({ partialFingerprints }: { partialFingerprints: object }) =>
        Object.values(partialFingerprints)[0],
    );
    expect(new Set(fingerprints).size).toBe(run.results.length);
  });

  it('suppresses what is exempt and notifies of what could not be decided', () => {
    expect(
      run.results.filter(({ suppressions }: { suppressions?: object[] }) => suppressions),
    ).toEqual([
      expect.objectContaining({
        ruleId: 'spread-missing',
        suppressions: [{ kind: 'inSource', justification: 'one node in this cluster' }],
      }),
    ]);
    const [notification] = run.invocations[0].toolExecutionNotifications;
    expect(notification).toMatchObject({
      associatedRule: { id: 'netpol-missing' },
      message: { text: expect.stringContaining('networkpolicies is forbidden: <user>') },
    });
  });

  it('brings the help along and points nowhere when no site is told', () => {
    const bare = parsed(renderSarif(report, { rules }));
    validate(bare);
    expect(validate.errors ?? []).toEqual([]);
    const [{ help, ...rest }] = bare.runs[0].tool.driver.rules;
    const [{ why, remedy, sources }] = rules;
    expect(rest).not.toHaveProperty('helpUri');
    for (const text of [help.text, help.markdown])
      for (const part of [why, remedy, ...sources]) expect(text).toContain(part);
  });
});

describe('renderJunit', () => {
  const xml = renderJunit(report, options);
  const { testsuites } = new XMLParser({
    ignoreAttributes: false,
    isArray: name => ['testsuite', 'testcase'].includes(name),
  }).parse(xml);

  it('is well-formed and its totals are true', () => {
    expect(XMLValidator.validate(xml)).toBe(true);
    const cases = testsuites.testsuite.flatMap((suite: { testcase: object[] }) => suite.testcase);
    const having = (name: string) => cases.filter((testcase: object) => name in testcase).length;
    expect(Number(testsuites['@_tests'])).toBe(cases.length);
    expect(Number(testsuites['@_failures'])).toBe(having('failure'));
    expect(Number(testsuites['@_skipped'])).toBe(having('skipped'));
    const judged = report.results.filter(({ verdict }) => verdict !== 'not-applicable');
    expect(cases).toHaveLength(judged.length);
  });

  it('fails a case for errors, and never passes what is not decided', () => {
    const suite = (name: string) =>
      testsuites.testsuite.find(
        (candidate: Record<string, string>) => candidate['@_name'] === name,
      );
    expect(suite('image-tag-mutable').testcase[0].failure['@_message']).toContain('web:latest');
    expect(
      suite('netpol-missing').testcase.every((testcase: object) => 'skipped' in testcase),
    ).toBe(true);
    expect(suite('pdb-missing').testcase[0]).not.toHaveProperty('failure');
    expect(suite('pdb-missing').testcase[0]['system-out']).toContain('warning:');
  });

  it('holds any name that a manifest may have', () => {
    const nasty = `<a href="x">&'\u0000\ud800]]>\n`;
    const named = evaluate(
      buildGraph([
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: nasty, namespace: 'shop' },
          spec: { containers: [{ name: nasty, image: `${nasty}:latest` }] },
        } as KubeObject,
      ]),
      { rules, now: NOW },
    );
    const text = renderJunit(named, { rules });
    expect(XMLValidator.validate(text)).toBe(true);
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008]|[\ud800-\udfff]/u);
  });
});

describe('renderText', () => {
  const text = renderText(report, options);

  it('says for each object what is wrong, where, and what to do', () => {
    const [heading] = text.split('\n');
    expect(heading).toBe('Deployment shop/web  chart/all in.yaml:1');
    expect(text).toContain(
      [
        '  ✗ error   image-tag-mutable: Container web runs registry.example/web:latest, and the tag latest moves',
        '            at /spec/template/spec/containers/0/image',
        '            Name a version tag that is pushed once',
      ].join('\n'),
    );
    expect(text).toContain('Exempt\n  - spread-missing, Deployment shop/web:');
    expect(text).toContain(
      '  ? netpol-missing, Deployment shop/web: NetworkPolicy objects may not be read: networkpolicies is forbidden: <user>',
    );
    expect(text).toMatch(
      /Levels: deployable not reached \(\d+ of \d+ pass\), .+\n.+The gate fails\.\n$/,
    );
  });

  it('counts an exemption that has ended', () => {
    expect(text).toContain(
      'The exemption does not count: expired, "until the move", until 2026-01-31',
    );
  });

  it('says that nothing was judged', () => {
    expect(renderText(evaluate(buildGraph([]), { rules, now: NOW }), { rules })).toBe(
      'Levels: deployable not judged, resilient not judged, secure not judged, efficient not judged\n0 errors, 0 warnings, 0 advice, 0 not decided, 0 passed. The gate passes.\n',
    );
  });
});

it.each([
  ['renderText', renderText],
  ['renderJson', renderJson],
  ['renderSarif', renderSarif],
  ['renderJunit', renderJunit],
])('%s never shows the value of a Secret', (_name, render) => {
  const output = render(report, options);
  expect(output).toContain('secret-in-git');
  for (const value of SECRET_VALUES) expect(output).not.toContain(value);
});
