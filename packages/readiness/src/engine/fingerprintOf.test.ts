import type { KubeObject } from '@waymark/kube-graph';
import { fingerprintOf } from './fingerprintOf';

const workload = (containers: string[], env: string[] = []): KubeObject =>
  ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', namespace: 'shop' },
    spec: {
      template: {
        metadata: { annotations: { 'a/b~c': 'x' } },
        spec: {
          containers: containers.map(name => ({ name, env: env.map(key => ({ name: key })) })),
        },
      },
    },
  }) as KubeObject;

const at = (path: string, subject: KubeObject, rest: object = {}) =>
  fingerprintOf('rule', { code: 'code', path, ...rest }, subject);

const CONTAINERS = '/spec/template/spec/containers';

describe('fingerprintOf', () => {
  it('names what lies at a list position', () => {
    expect(at(`${CONTAINERS}/1/env/0/value`, workload(['a', 'web'], ['MODE']))).toBe(
      'rule|code|Deployment|shop|web|/spec/template/spec/containers/web/env/MODE/value',
    );
  });

  it('stays the same when something is put in front', () => {
    const before = at(`${CONTAINERS}/0/resources`, workload(['web']));
    expect(at(`${CONTAINERS}/1/resources`, workload(['agent', 'web']))).toBe(before);
  });

  it('keeps positions of what has no name, and places that are not there', () => {
    expect(at('/spec/args/3', workload([]))).toMatch(/\|\/spec\/args\/3$/);
    expect(at(`${CONTAINERS}/7/image`, workload(['web']))).toMatch(/containers\/7\/image$/);
    expect(at('', workload([]))).toBe('rule|code|Deployment|shop|web|');
  });

  it('follows escaped segments', () => {
    const path = '/spec/template/metadata/annotations/a~1b~0c';
    expect(at(path, workload([]))).toBe(`rule|code|Deployment|shop|web|${path}`);
  });

  it('tells findings of one code at one path apart by their key', () => {
    const [one, other] = ['Deployment/a', 'Deployment/b'].map(key =>
      at('/spec/selector', workload([]), { key }),
    );
    expect(one).not.toBe(other);
    expect(one).toMatch(/\|\/spec\/selector\|Deployment\/a$/);
  });
});
