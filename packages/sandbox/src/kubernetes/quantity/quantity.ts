/** Amounts as Kubernetes writes them (`100m`, `128Mi`, `2`), in thousandths so that sums stay whole. */
const scales: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** In base units; NaN for what is no quantity. */
export function parseQuantity(quantity: string | number): number {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity));
  return match ? Number(match[1]) * (scales[match[2]] ?? NaN) : NaN;
}

/** Canonical form: whole units, else thousandths; bytes in the largest binary unit that leaves no rest. */
export function formatQuantity(amount: number, resource: string): string {
  if (!/memory|storage|hugepages/.test(resource)) {
    return Number.isInteger(amount) ? String(amount) : `${Math.round(amount * 1000)}m`;
  }
  for (const unit of ['Ti', 'Gi', 'Mi', 'Ki']) {
    if (amount > 0 && amount % scales[unit] === 0) return `${amount / scales[unit]}${unit}`;
  }
  return String(amount);
}

/** A count, or a percentage of the total rounded up or down, as in `maxSurge: 25%`. */
export function resolveCount(value: number | string, total: number, round: 'up' | 'down'): number {
  const percent = /^(\d+)%$/.exec(String(value))?.[1];
  if (percent === undefined) return Number(value);
  const exact = (Number(percent) * total) / 100;
  return round === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
