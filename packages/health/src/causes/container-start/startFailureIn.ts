import type { Args } from '../../verdict/Verdict';
import { said } from '../evidence';

export type StartCode =
  | 'command-not-found'
  | 'command-not-executable'
  | 'command-unset'
  | 'architecture-mismatch'
  | 'mount-conflict'
  | 'container-start-failed';

/** What the runtime could not do, from its message. Source: runc libcontainer and containerd error texts. */
export function startFailureIn(message: string): { readonly code: StartCode; readonly args: Args } {
  if (/exec format error/.test(message)) return { code: 'architecture-mismatch', args: {} };
  if (/no command specified/i.test(message)) return { code: 'command-unset', args: {} };
  const missing =
    /exec: "([^"]+)": (?:executable file not found|stat [^:]+: no such file|no such file)/.exec(
      message,
    );
  if (missing) return { code: 'command-not-found', args: { command: missing[1] } };
  const refused = /exec: "([^"]+)": (?:.*: )?permission denied/.exec(message);
  if (refused) return { code: 'command-not-executable', args: { command: refused[1] } };
  const mounted = /error mounting "[^"]*" to rootfs at "([^"]+)".*not a directory/s.exec(message);
  if (mounted) return { code: 'mount-conflict', args: { said: `: ${mounted[1]}` } };
  return { code: 'container-start-failed', args: { said: said(withoutPrefixes(message)) } };
}

/** The runtimes wrap each other's errors; what matters comes last. */
const withoutPrefixes = (message: string) =>
  message.replace(/^.*(?:runc create failed: |failed to generate spec: |container process: )/s, '');
