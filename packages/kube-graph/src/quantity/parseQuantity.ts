/** Fractions divide, so that `700m` is the same number as `0.7`: 700 * 0.001 is not. */
const FRACTIONS: Readonly<Record<string, number>> = { n: 1e9, u: 1e6, m: 1e3 };

const MULTIPLES: Readonly<Record<string, number>> = {
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * A Kubernetes quantity as a number of cores, bytes or pieces; undefined when it is not one.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(quantity: string | number | undefined): number | undefined {
  if (typeof quantity === 'number') return quantity;
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(
    quantity ?? '',
  );
  if (!match) return undefined;
  const [, digits, exponent = '', suffix = ''] = match;
  const amount = Number(`${digits}${exponent}`);
  return suffix in FRACTIONS ? amount / FRACTIONS[suffix] : amount * (MULTIPLES[suffix] ?? 1);
}
