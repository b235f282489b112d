# Sourced by every drill. Says what it would do; does it only with --run, and only where the namespace allows it:
#   kubectl label namespace <namespace> waymark.dev/chaos=allowed
set -euo pipefail

# shellcheck source=/dev/null
. "$(dirname "${BASH_SOURCE[0]}")/service.env"

RUN=false
if [[ "${1:-}" == --run ]]; then RUN=true; fi

say() { printf '%s\n' "$*"; }

refuse() {
  say "refused: $*" >&2
  exit 2
}

# Changes go through here; without --run they are only shown.
act() {
  if $RUN; then "$@"; else say "would run: $*"; fi
}

case "$NAMESPACE" in
  default | kube-* | argocd | istio-system) refuse "$NAMESPACE is no namespace for drills" ;;
esac

CONTEXT=$(kubectl config current-context)
say "context $CONTEXT, namespace $NAMESPACE, service $SERVICE$($RUN || printf ' (dry run, add --run)')"

if $RUN; then
  ALLOWED=$(kubectl get namespace "$NAMESPACE" --output "jsonpath={.metadata.labels.waymark\.dev/chaos}")
  [[ "$ALLOWED" == allowed ]] || refuse "namespace $NAMESPACE does not carry the label waymark.dev/chaos=allowed"
  READY=$(kubectl --namespace "$NAMESPACE" get deployment "$SERVICE" --output 'jsonpath={.status.readyReplicas}')
  [[ "${READY:-0}" -ge 2 ]] || refuse "only ${READY:-0} pods of $SERVICE are ready; a drill needs two, or it is an outage"
fi

PODS=(--namespace "$NAMESPACE" --selector "app.kubernetes.io/name=$SERVICE")
