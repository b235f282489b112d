#!/usr/bin/env bash
# Drill 1: a pod disappears. Expected: another is ready within 30 s, no request fails (run load/journey.js beside it), and
# the entity page says "progressing" and then "healthy".
. "$(dirname "$0")/guard.sh"

POD=$(kubectl get pods "${PODS[@]}" --field-selector status.phase=Running --output 'jsonpath={.items[0].metadata.name}')
act kubectl --namespace "$NAMESPACE" delete pod "$POD" --wait=false
act kubectl --namespace "$NAMESPACE" rollout status "deployment/$SERVICE" --timeout 60s
