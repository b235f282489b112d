import type { IncomingMessage } from 'node:http';
import { load } from 'js-yaml';
import { ApiError } from '../status/ApiError';
import { badRequest, unsupportedMediaType } from '../status/refusals';

const MAX_BYTES = 3 * 1024 * 1024;
const ACCEPTED = ['application/json', 'application/yaml'];

export interface RequestBody {
  readonly mediaType: string;
  readonly text: string;
}

export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) {
      throw new ApiError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  const [mediaType] = (request.headers['content-type'] ?? 'application/json').split(';');
  return { mediaType: mediaType.trim(), text: Buffer.concat(chunks).toString() };
}

/** The object of a POST or PUT. */
export function parseBody({ mediaType, text }: RequestBody): unknown {
  if (!ACCEPTED.includes(mediaType)) throw unsupportedMediaType(ACCEPTED);
  return parseText(text, mediaType);
}

export function parseText(text: string, mediaType: string): unknown {
  if (mediaType.includes('protobuf')) throw unsupportedMediaType(ACCEPTED);
  try {
    return mediaType.includes('yaml') ? load(text) : JSON.parse(text);
  } catch (cause) {
    throw badRequest(
      `the object provided is unrecognized: couldn't get version/kind; json parse error: ${cause}`,
      cause,
    );
  }
}
