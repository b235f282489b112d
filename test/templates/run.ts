import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { assertParts } from './checks/assertParts';
import { assertChartIsReadable, assertValuesAreClosed } from './checks/checkChart';
import {
  assertAnswersArePassedOn,
  assertChoicesAreCovered,
  assertFormAndSchemaAgree,
  assertFormIsShort,
  assertStepsFollow,
} from './checks/checkForm';
import { assertPortalWritesTheSame } from './checks/comparePortal';
import { assertDashboards, assertKinds, assertReady } from './checks/judgeRelease';
import {
  assertAnswerRefused,
  assertReleaseRefused,
  assertValueRefused,
  assertValueTaken,
  badAnswers,
  badReleases,
  badValues,
  goodValues,
} from './checks/tryInput';
import { rehearseDrills } from './checks/rehearseDrills';
import {
  assertAnswersReproduce,
  assertFilesAreWhole,
  assertRelationsAreEntities,
  renderCase,
} from './checks/renderCase';
import { formatTerraform, lintChart, lintWorkflows, validateSchemas } from './checks/runTools';
import { copyTemplates } from './portal/copyTemplates';
import { Portal } from './portal/Portal';
import { runService } from './runService';
import { Tally } from './Tally';
import { ENVIRONMENTS, loadCases, type Rendered, type TemplateCase } from './TemplateCase';
import { goTool } from './tools/goTool';

/** `test/templates/run.ts [case…]`: every template with every case; only those cases where some are named. */
async function main(names: readonly string[]): Promise<Tally> {
  const tally = new Tally();
  const helm = await goTool('helm');
  if (!helm)
    throw new Error(
      'Helm 3 is needed and is neither on PATH nor can it be built: install it or Go',
    );
  process.env.PATH = `${dirname(helm)}${delimiter}${process.env.PATH}`;

  const cases = loadCases();
  const work = mkdtempSync(join(tmpdir(), 'waymark-templates-'));
  try {
    await checkTemplate(tally, cases);
    const rendered = new Map<string, Rendered>();
    for (const testCase of cases.filter(({ name }) => !names.length || names.includes(name))) {
      const result = await checkCase(tally, testCase, join(work, testCase.name));
      if (result) rendered.set(testCase.name, result);
    }
    const [plain, rich] = [rendered.get('minimal'), rendered.get('everything')];
    if (plain) {
      await tally.check('workflows pass actionlint', () => lintWorkflows(plain));
      await tally.check('drills change nothing by themselves', () => rehearseDrills(plain));
      for (const good of goodValues())
        await tally.check(`value ${good.set}`, () => assertValueTaken(plain, good));
      for (const bad of badValues())
        await tally.check(`refused value ${bad.set}`, () => assertValueRefused(plain, bad));
      for (const [index, bad] of badReleases().entries())
        await tally.check(`refused release ${JSON.stringify(bad)}`, () =>
          assertReleaseRefused(plain.testCase, bad, join(work, `bad-${index}`)),
        );
    }
    await checkPortal(
      tally,
      cases.filter(({ name }) => rendered.has(name)),
      join(work, 'portal'),
    );
    if (plain && rich) await runService(tally, plain, rich);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return tally;
}

async function checkTemplate(tally: Tally, cases: readonly TemplateCase[]): Promise<void> {
  await tally.check('chart is readable', assertChartIsReadable);
  await tally.check('chart values are closed', assertValuesAreClosed);
  await tally.check('form asks for little', assertFormIsShort);
  await tally.check('form and chart schema agree', assertFormAndSchemaAgree);
  await tally.check('answers are passed on', assertAnswersArePassedOn);
  await tally.check('steps follow each other', assertStepsFollow);
  await tally.check('every choice has a case', () => assertChoicesAreCovered(cases));
  const good = cases.find(({ name }) => name === 'minimal')!;
  for (const bad of badAnswers()) {
    await tally.check(`refused answer ${JSON.stringify(bad)}`, () =>
      assertAnswerRefused(good, bad),
    );
  }
}

async function checkCase(
  tally: Tally,
  testCase: TemplateCase,
  folder: string,
): Promise<Rendered | undefined> {
  const { name } = testCase;
  let rendered: Rendered | undefined;
  mkdirSync(folder);
  await tally.check(`${name} · renders`, async () => {
    rendered = await renderCase(testCase, folder);
    return assertFilesAreWhole(rendered);
  });
  if (!rendered) return undefined;
  const result = rendered;
  await tally.check(`${name} · relations`, () => assertRelationsAreEntities(result));
  await tally.check(`${name} · its answers give the same files again`, () =>
    assertAnswersReproduce(result, `${folder}-again`),
  );
  await tally.check(`${name} · what the case expects`, () => assertParts(result));
  await tally.check(`${name} · API schemas`, () => validateSchemas(result));
  await tally.check(`${name} · terraform`, () => formatTerraform(result));
  for (const environment of ENVIRONMENTS) {
    await tally.check(`${name} · ${environment} · lint, kinds and dashboards`, () => {
      lintChart(result, environment);
      assertKinds(result, environment);
      assertDashboards(result, environment);
    });
    await tally.check(`${name} · ${environment} · readiness`, () =>
      assertReady(result, environment),
    );
  }
  return result;
}

/** Cases that differ in their files: what is left out, added and named. */
const IN_PORTAL = ['minimal', 'everything', 'gateway'];

async function checkPortal(tally: Tally, cases: readonly TemplateCase[], folder: string) {
  const chosen = cases.filter(({ name }) => IN_PORTAL.includes(name));
  if (!chosen.length) return;
  mkdirSync(folder);
  const portal = await Portal.start(copyTemplates(folder));
  try {
    for (const testCase of chosen) {
      await tally.check(`${testCase.name} · the portal's task writes the same bytes`, () =>
        assertPortalWritesTheSame(portal, testCase, join(folder, testCase.name)),
      );
    }
  } finally {
    await portal.stop();
  }
}

main(process.argv.slice(2)).then(
  ({ passed, failed, skipped }) => {
    console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
    // Not by itself: a stopped scaffolder goes on asking for tasks.
    process.exit(failed ? 1 : 0);
  },
  error => {
    console.error(`waymark: ${error.message}`);
    process.exit(1);
  },
);
