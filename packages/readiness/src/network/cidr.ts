interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** Whether a block (`10.0.0.0/8`, `fd00::/8`) holds an address of the same family. False when either cannot be read. */
export function cidrContains(block: string, address: string): boolean {
  const [network, length] = block.split('/');
  const base = parseAddress(network);
  const host = parseAddress(address);
  if (!base || !host || base.bits !== host.bits || !/^\d+$/.test(length ?? '')) return false;
  const shift = BigInt(Math.max(0, base.bits - Number(length)));
  return base.value >> shift === host.value >> shift;
}

function parseAddress(address: string): Address | undefined {
  return address.includes(':') ? parseIPv6(address) : parseIPv4(address);
}

function parseIPv4(address: string): Address | undefined {
  const octets = address.split('.');
  if (octets.length !== 4 || !octets.every(octet => /^\d{1,3}$/.test(octet) && Number(octet) < 256))
    return undefined;
  return { bits: 32, value: join(octets.map(Number), 8n) };
}

function parseIPv6(address: string): Address | undefined {
  const [head, tail] = address.split('::');
  const before = groupsOf(head);
  const after = groupsOf(tail ?? '');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  const groups = [...before, ...new Array<string>(Math.max(0, zeros)).fill('0'), ...after];
  if (groups.length !== 8 || !groups.every(group => /^[0-9a-f]{1,4}$/i.test(group)))
    return undefined;
  return {
    bits: 128,
    value: join(
      groups.map(group => parseInt(group, 16)),
      16n,
    ),
  };
}

const groupsOf = (part: string) => (part ? part.split(':') : []);

const join = (parts: readonly number[], width: bigint) =>
  parts.reduce((value, part) => (value << width) | BigInt(part), 0n);
