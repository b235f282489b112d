#!/usr/bin/env bash
# Drill 2: one pod's CPU is busy for 60 s. Expected: the autoscaler adds pods within 60 s, p95 stays below the objective.
# The image has no shell, so an ephemeral container does the work; it ends by itself.
. "$(dirname "$0")/guard.sh"

POD=$(kubectl get pods "${PODS[@]}" --field-selector status.phase=Running --output 'jsonpath={.items[0].metadata.name}')
act kubectl --namespace "$NAMESPACE" debug "$POD" --image busybox:1.37.0 --target app --profile restricted -- \
  timeout 60 sh -c 'while true; do :; done'
act kubectl --namespace "$NAMESPACE" get horizontalpodautoscaler "$SERVICE" --watch --request-timeout 90s
