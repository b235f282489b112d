import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quote } from './quote.ts';

test('takes ten percent off from ten pieces on', () => {
  const { unitPriceCents } = quote('ABC-1', 1);
  assert.equal(quote('ABC-1', 9).totalCents, unitPriceCents * 9);
  assert.equal(quote('ABC-1', 10).totalCents, unitPriceCents * 9);
});
