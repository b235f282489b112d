#!/usr/bin/env bash
# Drill 3: the network to every dependency is cut for 60 s. Expected: dependency_up falls to 0 within 10 s; the pods are
# not restarted (liveness asks nobody); with a required dependency /readyz answers 503, and all heals within 10 s after.
. "$(dirname "$0")/guard.sh"

restore() { act kubectl --namespace "$NAMESPACE" patch networkpolicy "$SERVICE" --type json --patch "$1"; }

# The first egress rule is DNS; what follows are the dependencies.
POLICY=$(kubectl --namespace "$NAMESPACE" get networkpolicy "$SERVICE" --output json)
EGRESS=$(jq --compact-output .spec.egress <<<"$POLICY")
# Ctrl-C must not leave the service cut off. Argo CD's self-heal would restore the policy too, and may do so early.
trap 'restore "[{\"op\":\"replace\",\"path\":\"/spec/egress\",\"value\":$EGRESS}]"' EXIT
restore "[{\"op\":\"replace\",\"path\":\"/spec/egress\",\"value\":$(jq --compact-output '.[0:1]' <<<"$EGRESS")}]"
act sleep 60
