import { registerMswTestHooks } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { hostOf } from './hostOf';

const integrations = ScmIntegrations.fromConfig(
  new ConfigReader({
    integrations: {
      github: [{ host: 'github.com', token: 'gh-secret' }],
      gitlab: [{ host: 'gitlab.com', token: 'gl-secret' }],
    },
  }),
);

const wanted = {
  owner: 'shop',
  repo: 'cart',
  description: 'Remembers',
  visibility: 'internal',
  defaultBranch: 'main',
} as const;

const kinds = [
  {
    host: 'github.com',
    owner: 'https://api.github.com/users/shop',
    found: { type: 'Organization', login: 'Shop' },
    create: 'https://api.github.com/orgs/Shop/repos',
    header: ['authorization', 'Bearer gh-secret'],
    body: { name: 'cart', description: 'Remembers', visibility: 'internal', private: true },
    created: {
      clone_url: 'https://github.com/Shop/cart.git',
      html_url: 'https://github.com/Shop/cart',
    },
    taken: { message: 'Repository creation failed.', errors: ['name already exists'] },
    repository: {
      remoteUrl: 'https://github.com/Shop/cart.git',
      repoContentsUrl: 'https://github.com/Shop/cart/blob/main/',
    },
  },
  {
    host: 'gitlab.com',
    owner: 'https://gitlab.com/api/v4/namespaces/shop',
    found: { id: 7 },
    create: 'https://gitlab.com/api/v4/projects',
    header: ['private-token', 'gl-secret'],
    body: {
      name: 'cart',
      path: 'cart',
      namespace_id: 7,
      description: 'Remembers',
      visibility: 'internal',
      default_branch: 'main',
    },
    created: {},
    taken: { message: { name: ['has already been taken'] } },
    repository: {
      remoteUrl: 'https://gitlab.com/shop/cart.git',
      repoContentsUrl: 'https://gitlab.com/shop/cart/-/blob/main/',
    },
  },
];

describe.each(kinds)(
  '$host',
  ({ host, owner, found, create, header, body, created, taken, repository }) => {
    const server = setupServer();
    registerMswTestHooks(server);
    const createWanted = () => hostOf(host, 'shop', integrations).create(wanted);

    beforeEach(() => {
      server.use(http.get(owner, () => HttpResponse.json(found)));
    });

    it('creates the repository where its owner is, as the portal', async () => {
      const calls: unknown[] = [];
      server.use(
        http.post(create, async ({ request }) => {
          calls.push([request.headers.get(header[0]), await request.json()]);
          return HttpResponse.json(created, { status: 201 });
        }),
      );
      expect(await createWanted()).toEqual(repository);
      expect(calls).toEqual([[header[1], body]]);
    });

    it('tells a name that is taken from other refusals', async () => {
      server.use(http.post(create, () => HttpResponse.json(taken, { status: 422 })));
      await expect(createWanted()).rejects.toMatchObject({ name: 'ConflictError' });
      const other = { message: 'Validation failed' };
      server.use(http.post(create, () => HttpResponse.json(other, { status: 422 })));
      await expect(createWanted()).rejects.toMatchObject({
        name: 'Error',
        message: expect.stringContaining('Validation failed'),
      });
    });
  },
);

describe('github.com, for a person', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  const createWanted = () =>
    hostOf('github.com', 'ann', integrations).create({ ...wanted, owner: 'ann' });
  let posted: number;

  beforeEach(() => {
    posted = 0;
    server.use(
      http.get('https://api.github.com/users/ann', () =>
        HttpResponse.json({ type: 'User', login: 'Ann' }),
      ),
      http.post('https://api.github.com/user/repos', () => {
        posted++;
        const html_url = 'https://github.com/Ann/cart';
        return HttpResponse.json({ html_url, clone_url: `${html_url}.git` }, { status: 201 });
      }),
    );
  });
  const tokenOf = (login: string) =>
    server.use(http.get('https://api.github.com/user', () => HttpResponse.json({ login })));

  it('creates with her own token, and says where GitHub put it', async () => {
    tokenOf('Ann');
    expect(await createWanted()).toEqual({
      remoteUrl: 'https://github.com/Ann/cart.git',
      repoContentsUrl: 'https://github.com/Ann/cart/blob/main/',
    });
    expect(posted).toBe(1);
  });

  it('creates nothing under the account of the portal instead', async () => {
    tokenOf('portal-bot');
    await expect(createWanted()).rejects.toThrow(
      "owner: Ann is a person on github.com, and the portal's token belongs to portal-bot: name an organisation, or configure a token of Ann in integrations.github",
    );
    expect(posted).toBe(0);
  });

  it('creates nothing as an app, which is nobody', async () => {
    server.use(
      http.get('https://api.github.com/user', () =>
        HttpResponse.json({ message: 'Resource not accessible by integration' }, { status: 403 }),
      ),
    );
    await expect(createWanted()).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringMatching(
        /are no person's: name an organisation; caused by .*integration/,
      ),
    });
    expect(posted).toBe(0);
  });
});
