/**
 * client-go's aggregation: after ten events that differ only in their message within ten minutes, further ones are
 * combined into one whose message says so.
 */
const LIMIT = 10;
const WINDOW_MILLISECONDS = 600_000;

export class SimilarEvents {
  private readonly seen = new Map<string, { messages: Set<string>; last: number }>();

  /** The message to send, and whether it stands for many. */
  aggregate(
    group: string,
    message: string,
    now: Date,
  ): { readonly message: string; readonly combined: boolean } {
    const at = now.getTime();
    const before = this.seen.get(group);
    const fresh = before && at - before.last <= WINDOW_MILLISECONDS;
    const messages = fresh ? before.messages : new Set<string>();
    messages.add(message);
    this.seen.set(group, { messages, last: at });
    const combined = messages.size >= LIMIT;
    return { message: combined ? `(combined from similar events): ${message}` : message, combined };
  }
}
