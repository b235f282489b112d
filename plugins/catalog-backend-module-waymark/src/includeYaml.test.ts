import { createMockDirectory } from '@backstage/backend-test-utils';
import { includeYaml } from './includeYaml';

describe('$yaml', () => {
  const disk = createMockDirectory({
    content: {
      'secret.yaml': 'password: canary',
      templates: {
        _parameters: { 'service.yaml': 'title: The service', 'broken.yaml': 'a: [' },
        'node-service': { 'template.yaml': '', 'own.yaml': 'title: Own' },
      },
    },
  });

  const include = (
    value: unknown,
    baseUrl = disk.resolve('templates/node-service/template.yaml'),
  ) => {
    const read = jest.fn(async () => Buffer.from('title: Remote'));
    const emit = jest.fn();
    const result = includeYaml({
      key: 'yaml',
      value: value as string,
      baseUrl,
      read,
      emit,
      resolveUrl: (url, base) => new URL(url, base).toString(),
    });
    return { result, read, emit };
  };

  it('reads beside the template on disk', async () => {
    await expect(include('../_parameters/service.yaml').result).resolves.toEqual({
      title: 'The service',
    });
    await expect(include('./own.yaml').result).resolves.toEqual({ title: 'Own' });
  });

  it.each(['../../secret.yaml', '/etc/passwd', '../../../etc/passwd'])(
    'does not leave the templates: %s',
    async value => {
      await expect(include(value).result).rejects.toThrow();
    },
  );

  it('reads behind the URL of the template, and tells the catalog to watch it', async () => {
    const { result, read, emit } = include(
      '../_parameters/service.yaml',
      'https://git.example/shop/templates/x/template.yaml',
    );
    await expect(result).resolves.toEqual({ title: 'Remote' });
    expect(read).toHaveBeenCalledWith(
      'https://git.example/shop/templates/_parameters/service.yaml',
    );
    expect(emit).toHaveBeenCalledTimes(1);
  });

  it('reads at no other host', async () => {
    const { result, read } = include(
      'https://internal.example/x.yaml',
      'https://git.example/template.yaml',
    );
    await expect(result).rejects.toThrow('not at the host');
    expect(read).not.toHaveBeenCalled();
  });

  it('says what is wrong with a target', async () => {
    await expect(include('../_parameters/broken.yaml').result).rejects.toThrow(
      '../_parameters/broken.yaml is not YAML',
    );
    await expect(include(7).result).rejects.toThrow('takes the path of a file');
  });
});
