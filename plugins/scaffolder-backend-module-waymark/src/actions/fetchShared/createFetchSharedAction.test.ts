import { readdirSync, readFileSync } from 'node:fs';
import { createMockDirectory, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createFetchSharedAction } from './createFetchSharedAction';

describe('waymark:fetch:shared', () => {
  const disk = createMockDirectory();
  beforeEach(() =>
    disk.setContent({
      secret: { token: 'canary' },
      templates: {
        _chart: { 'Chart.yaml': 'name: shared' },
        'node-service': { 'template.yaml': '', _chart: { 'Chart.yaml': 'name: own' } },
        'go-service': { 'template.yaml': '' },
      },
      workspace: {},
    }),
  );

  const fetchShared = (
    input: { name: string; targetPath?: string },
    baseUrl: string | undefined = `file://${disk.resolve('templates/node-service/template.yaml')}`,
  ) =>
    createFetchSharedAction({
      reader: mockServices.urlReader.mock(),
      integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
      catalog: catalogServiceMock(),
    }).handler(
      createMockActionContext({
        input,
        workspacePath: disk.resolve('workspace'),
        templateInfo: { entityRef: 'template:default/node-service', baseUrl },
      }) as never,
    );

  it('copies what lies beside the template, in earnest never what lies in it', async () => {
    await fetchShared({ name: '_chart', targetPath: './chart' });
    expect(readFileSync(disk.resolve('workspace/chart/Chart.yaml'), 'utf8')).toBe('name: shared');
  });

  it.each([
    '../secret',
    '_chart/../../secret',
    '_../secret',
    '/etc',
    'go-service',
    '.',
    '_',
    '',
    'https://evil.example/_chart',
  ])('refuses %j, which is no shared folder', async name => {
    await expect(fetchShared({ name })).rejects.toThrow('is no shared folder');
    expect(readdirSync(disk.resolve('workspace'))).toEqual([]);
  });

  it('writes into the workspace only', async () => {
    await expect(fetchShared({ name: '_chart', targetPath: '../secret' })).rejects.toThrow(
      'Relative path is not allowed',
    );
    expect(readdirSync(disk.resolve('secret'))).toEqual(['token']);
  });

  it('says that a template nowhere has nothing beside it', async () => {
    await expect(fetchShared({ name: '_chart' }, '')).rejects.toThrow(
      'does not say where it is stored',
    );
  });
});
