import { createHash, timingSafeEqual } from 'node:crypto';

export type Caller = 'anonymous' | 'user' | 'refused';

/** The one account of the host. Its password also stands where Gitea wants an access token. */
export class Credentials {
  constructor(
    readonly user: string,
    private readonly password: string,
  ) {}

  /** Who sends that `Authorization` header. */
  callerOf(header: string | undefined): Caller {
    if (!header) return 'anonymous';
    const [scheme, value = ''] = header.trim().split(/\s+/);
    switch (scheme.toLowerCase()) {
      case 'basic':
        return this.isUser(Buffer.from(value, 'base64').toString()) ? 'user' : 'refused';
      case 'token':
      case 'bearer':
        return same(value, this.password) ? 'user' : 'refused';
      default:
        return 'refused';
    }
  }

  private isUser(pair: string): boolean {
    const colon = pair.indexOf(':');
    return same(pair.slice(0, colon), this.user) && same(pair.slice(colon + 1), this.password);
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const same = (given: string, wanted: string): boolean =>
  timingSafeEqual(digest(given), digest(wanted));
