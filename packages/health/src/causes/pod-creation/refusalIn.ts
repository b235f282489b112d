import type { Args } from '../../verdict/Verdict';
import { said } from '../evidence';

export type CreationCode =
  | 'quota-exceeded'
  | 'quota-needs-resources'
  | 'limit-range-violated'
  | 'pod-security-violated'
  | 'admission-denied'
  | 'admission-webhook-failed'
  | 'service-account-missing'
  | 'pod-creation-refused';

export interface Refusal {
  readonly code: CreationCode;
  readonly args: Args;
}

/** Why the API server refused a pod, from what it told the controller. No argument holds the generated name of the pod. */
export function refusalIn(message: string): Refusal {
  for (const parse of PARSERS) {
    const refusal = parse(message);
    if (refusal) return refusal;
  }
  return { code: 'pod-creation-refused', args: { said: said(withoutPod(message)) } };
}

type Parser = (message: string) => Refusal | undefined;

/** Source: k8s.io/apiserver pkg/admission and k8s.io/kubernetes plugin/pkg/admission, recorded on Kubernetes 1.36. */
const PARSERS: readonly Parser[] = [
  message => {
    const match = /exceeded quota: ([^,\s]+), requested: .+?, used: (.+?), limited: (.+)$/.exec(
      message,
    );
    if (!match) return undefined;
    const [resource, used] = firstPair(match[2]);
    const [, limit] = firstPair(match[3]);
    return { code: 'quota-exceeded', args: { quota: match[1], resource, used, limit } };
  },
  message => {
    const match = /failed quota: ([^:\s]+): must specify (\S+)(?: for|$)/.exec(message);
    return match
      ? { code: 'quota-needs-resources', args: { quota: match[1], resource: match[2] } }
      : undefined;
  },
  message => {
    const match =
      /((?:maximum|minimum) \S+ usage per \S+ is .+|\S+ max limit to request ratio per .+)$/.exec(
        message,
      );
    return match ? { code: 'limit-range-violated', args: { said: said(match[1]) } } : undefined;
  },
  message => {
    const match = /violates PodSecurity "([^"]+)": (.+)$/s.exec(message);
    return match
      ? { code: 'pod-security-violated', args: { level: match[1], said: said(match[2]) } }
      : undefined;
  },
  message => {
    const match =
      /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.+)$/s.exec(
        message,
      ) ?? /admission webhook "([^"]+)" denied the request(?:: (.+))?$/s.exec(message);
    return match
      ? { code: 'admission-denied', args: { policy: match[1], said: said(match[2]) } }
      : undefined;
  },
  message => {
    const match = /failed calling webhook "([^"]+)": (.+)$/s.exec(message);
    return match
      ? { code: 'admission-webhook-failed', args: { webhook: match[1], said: said(match[2]) } }
      : undefined;
  },
  message => {
    const match = /serviceaccount "([^"]+)" not found/.exec(message);
    return match ? { code: 'service-account-missing', args: { account: match[1] } } : undefined;
  },
];

/** `requests.cpu=40m,pods=2` names every exceeded resource; one is enough for a sentence. */
function firstPair(list: string): readonly [string, string] {
  const [name = '', amount = ''] = list.split(',')[0].split('=');
  return [name, amount];
}

const withoutPod = (message: string) =>
  message
    .replace(
      /^(?:\(combined from similar events\): )?(?:Error creating: |Create Pod .*? failed error: )/,
      '',
    )
    .replace(/^pods? "[^"]*" is (?:forbidden|invalid): /i, '');
