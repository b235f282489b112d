/** A thin client of Argo CD's API, for setting scenes and for looking at their end. */
export class ArgoCdApi {
  constructor(
    readonly url: string,
    private readonly token: string,
  ) {}

  /** Makes an API token for an account, as its administrator. */
  static async createToken(url: string, adminPassword: string, account: string): Promise<string> {
    const anonymous = new ArgoCdApi(url, '');
    const session = await anonymous.send<{ token: string }>('POST', '/api/v1/session', {
      ...{ username: 'admin', password: adminPassword },
    });
    const admin = new ArgoCdApi(url, session.token);
    const path = `/api/v1/account/${account}/token`;
    const { token } = await admin.send<{ token: string }>('POST', path, { name: account });
    return token;
  }

  /** Argo CD refuses a POST without this content type, login included. */
  async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`Argo CD: ${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}
