import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { ANY_ENVIRONMENT } from '../../test/anyConfig.ts';
import { DEPENDENCIES, SECRETS } from '../requirements.ts';
import { EnvironmentReader, InvalidEnvironment } from './EnvironmentReader.ts';
import { readConfig } from './readConfig.ts';

test('names every variable that is missing or wrong, in one failure', () => {
  assert.throws(
    () => readConfig({ PORT: 'eighty', LOG_LEVEL: 'loud' }),
    (error: unknown) => {
      assert(error instanceof InvalidEnvironment);
      const expected = [
        'PORT',
        'LOG_LEVEL',
        ...DEPENDENCIES.map(({ variable }: { variable: string }) => variable),
        ...SECRETS,
      ];
      assert.deepEqual(
        error.problems.map(problem => problem.split(' ')[0]),
        expected,
      );
      return true;
    },
  );
});

test('has defaults for everything that is not a requirement', () => {
  const { HOST: _, PORT: __, ...rest } = ANY_ENVIRONMENT;
  const { host, port } = readConfig(rest);
  assert.deepEqual({ host, port }, { host: '0.0.0.0', port: 8080 });
});

test('shows no secret, however it is printed', () => {
  const secret = new EnvironmentReader({ KEY: 'hush' }).secret('KEY');
  assert.equal(secret.reveal(), 'hush');
  for (const printed of [`${secret}`, JSON.stringify({ secret }), inspect({ secret })])
    assert(!printed.includes('hush'));
});

test('refuses addresses that carry credentials', () => {
  const read = new EnvironmentReader({ DB_URL: 'postgresql://me:hush@db:5432' });
  read.address('DB_URL');
  assert.throws(
    () => read.assertValid(),
    (error: Error) => /DB_URL/.test(error.message) && !/hush/.test(error.message),
  );
});
