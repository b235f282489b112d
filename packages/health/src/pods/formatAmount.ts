const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti'];

/** An amount of a resource as a manifest would write it: `500m`, `2`, `48Gi`. */
export function formatAmount(amount: number, resource: string): string {
  if (resource === 'cpu')
    return Number.isInteger(amount) ? `${amount}` : `${Math.round(amount * 1000)}m`;
  let value = amount;
  let unit = 0;
  while (value >= 1024 && value % 1024 === 0 && unit < BINARY.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value}${BINARY[unit]}`;
}
