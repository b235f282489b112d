import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Errors as problem details (https://www.rfc-editor.org/rfc/rfc9457), with the trace id that the logs carry. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode && error.statusCode >= 400 ? error.statusCode : 500;
    if (status === 500) request.log.error({ err: error }, 'unexpected error');
    // What went wrong inside is for the log, not for the caller.
    return answer(request, reply, status, status === 500 ? undefined : error.message);
  });
  app.setNotFoundHandler((request, reply) => answer(request, reply, 404, 'no such route'));
}

const answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string | undefined,
) =>
  reply
    .code(status)
    .type('application/problem+json')
    .send({ title: STATUS_CODES[status], status, ...(detail && { detail }), trace_id: request.id });
