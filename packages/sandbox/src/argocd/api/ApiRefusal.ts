/** gRPC codes and the HTTP status that grpc-gateway makes of them (runtime/errors.go). */
const codes = {
  Unknown: [2, 500],
  InvalidArgument: [3, 400],
  NotFound: [5, 404],
  PermissionDenied: [7, 403],
  FailedPrecondition: [9, 400],
  Unauthenticated: [16, 401],
} as const;

export type GrpcCode = keyof typeof codes;

/** A refusal of the API, `{ error, code, message }` on the wire. */
export class ApiRefusal extends Error {
  readonly code: number;
  readonly status: number;

  constructor(code: GrpcCode, message: string) {
    super(message);
    this.name = 'ApiRefusal';
    [this.code, this.status] = codes[code];
  }

  get body() {
    return { error: this.message, code: this.code, message: this.message };
  }

  /** Streams wrap their refusals once more. */
  get streamBody() {
    const { code, status, message } = this;
    const names: Readonly<Record<number, string>> = { 401: 'Unauthorized', 403: 'Forbidden' };
    return {
      error: { grpc_code: code, http_code: status, message, http_status: names[status] ?? '' },
    };
  }
}

export const permissionDenied = (): ApiRefusal =>
  new ApiRefusal('PermissionDenied', 'permission denied');

export const noSession = (): ApiRefusal =>
  new ApiRefusal('Unauthenticated', 'no session information');
