{{/* Rules across fields that a JSON schema cannot express. Each message names the field, its value and what to do. */}}
{{- define "service.checks" -}}
{{- with .Values.scaling }}
{{- if gt (int .min) (int .max) }}
{{- fail (printf "scaling.min is %d but scaling.max is %d: raise scaling.max to %d or more" (int .min) (int .max) (int .min)) }}
{{- end }}
{{- end }}
{{- $grace := include "service.graceSeconds" . | int }}
{{- if gt $grace 110 }}
{{- fail (printf "shutdown adds up to %d s but a Spot node leaves 120 s: lower shutdown.longestRequestSeconds (%d) by %d or more" $grace (int .Values.shutdown.longestRequestSeconds) (sub $grace 110)) }}
{{- end }}
{{- if and .Values.monitoring.enabled (gt (float64 .Values.monitoring.latencySeconds) (float64 .Values.shutdown.longestRequestSeconds)) }}
{{- fail (printf "monitoring.latencySeconds is %v but requests are cut off after shutdown.longestRequestSeconds = %d: lower the first" .Values.monitoring.latencySeconds (int .Values.shutdown.longestRequestSeconds)) }}
{{- end }}
{{- if eq (int .Values.ports.http) (int .Values.ports.management) }}
{{- fail (printf "ports.http and ports.management are both %d: give the management port a number of its own" (int .Values.ports.http)) }}
{{- end }}
{{- $taken := dict }}
{{- range include "service.computedEnv" . | fromYamlArray }}
{{- $_ := set $taken .name "the chart computes it: set ports, shutdown, network, telemetry or identity instead" }}
{{- end }}
{{- range $name := keys .Values.config | sortAlpha }}
{{- with get $taken $name }}
{{- fail (printf "config.%s is set, but %s" $name .) }}
{{- end }}
{{- $_ := set $taken $name "config sets it too: remove one of them" }}
{{- end }}
{{- range $item := .Values.secrets.items }}
{{- with get $taken $item.env }}
{{- fail (printf "secrets.items sets %s, but %s" $item.env .) }}
{{- end }}
{{- $_ := set $taken $item.env "another secret sets it too: remove one of them" }}
{{- end }}
{{- include "service.secretChecks" .Values.secrets }}
{{- include "service.exposureChecks" .Values.exposure }}
{{- end }}

{{/* The Secrets Store CSI driver names either a secret or the keys in it, never both, and gives a whole secret one name. */}}
{{- define "service.secretChecks" -}}
{{- $items := dict }}
{{- range .items }}
{{- $_ := set $items .secret (add1 (get $items .secret | default 0)) }}
{{- end }}
{{- range .items }}
{{- if and (eq $.provider "csi") (not .property) (gt (get $items .secret | int) 1) }}
{{- fail (printf "secrets.items: %s takes the secret %s as a whole, but another item reads it too: give each item of %s a property, or leave only one" .env .secret .secret) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the form falls back to where neither a person nor the portal said it; nothing can be reached there. */}}
{{- define "service.exposureChecks" -}}
{{- if and (ne .kind "none") (regexMatch "(^|\\.)example\\.com$" .host) }}
{{- fail (printf "exposure.host is %s, but nobody has example.com: answer Domain, or preset scaffolder.defaultEnvironment.parameters.domain in the portal" .host) }}
{{- end }}
{{- if and (eq .kind "alb") (hasSuffix ":certificate/none" .certificateArn) }}
{{- fail (printf "exposure.certificateArn is %s: answer ACM certificate, or preset scaffolder.defaultEnvironment.parameters.certificateArn in the portal" .certificateArn) }}
{{- end }}
{{- end }}
