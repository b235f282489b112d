import { randomBytes } from 'node:crypto';
import { ApiRefusal, noSession } from './ApiRefusal';

export interface SessionOptions {
  /** A token that never expires, for the account `waymark`. */
  token: string;
  user: string;
  password: string;
  now: () => Date;
}

const TOKEN_ACCOUNT = 'waymark';

// users.session.duration
const SESSION_MS = 24 * 60 * 60 * 1000;

/** Who may call: the fixed token's account and users who have signed in. */
export class Sessions {
  private readonly sessions = new Map<string, { user: string; until: number }>();

  constructor(private readonly options: SessionOptions) {}

  signIn(user: unknown, password: unknown): string {
    if (!user || !password) throw new ApiRefusal('Unauthenticated', 'no credentials supplied');
    if (user !== this.options.user || password !== this.options.password) {
      throw new ApiRefusal('Unauthenticated', 'Invalid username or password');
    }
    const token = randomBytes(32).toString('base64url');
    this.sessions.set(token, { user, until: this.options.now().getTime() + SESSION_MS });
    return token;
  }

  /** The account behind an `Authorization` header. */
  accountOf(header: string | undefined): string {
    const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
    if (token === this.options.token) return TOKEN_ACCOUNT;
    const session = token ? this.sessions.get(token) : undefined;
    if (!session || session.until < this.options.now().getTime()) throw noSession();
    return session.user;
  }
}
