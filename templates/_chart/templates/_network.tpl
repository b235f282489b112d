{{/* Pods by label, in their namespace: {name, namespace?, labels?} with the own namespace as the default. */}}
{{- define "service.peer" -}}
- namespaceSelector:
    matchLabels:
      kubernetes.io/metadata.name: {{ .peer.namespace | default .own | quote }}
  podSelector:
    matchLabels:
      {{- .peer.labels | default (dict "app.kubernetes.io/name" .peer.name) | toYaml | nindent 6 }}
{{- end }}

{{- define "service.namespacePeer" -}}
- namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: {{ . | quote }} } }
{{- end }}

{{- define "service.ingress" -}}
{{- $http := printf "ports: [{ protocol: TCP, port: %d }]" (int .Values.ports.http) }}
{{- $management := printf "ports: [{ protocol: TCP, port: %d }]" (int .Values.ports.management) }}
{{- range .Values.network.metricsFrom }}
- from: {{- include "service.namespacePeer" . | nindent 4 }}
  {{ $management }}
{{- end }}
{{- range .Values.network.callers }}
- from: {{- include "service.peer" (dict "peer" . "own" $.Release.Namespace) | nindent 4 }}
  {{ $http }}
{{- end }}
{{- if .Values.network.callersFromNamespace }}
- from: [{ podSelector: {} }]
  {{ $http }}
{{- end }}
{{- if eq .Values.exposure.kind "gateway" }}
- from: {{- include "service.namespacePeer" .Values.exposure.gateway.namespace | nindent 4 }}
  {{ $http }}
{{- end }}
{{- if ne .Values.exposure.kind "none" }}
{{- range .Values.exposure.sourceCidrs }}
# The load balancer asks the management port for health.
- from: [{ ipBlock: { cidr: {{ . | quote }} } }]
  ports:
    - { protocol: TCP, port: {{ $.Values.ports.http }} }
    - { protocol: TCP, port: {{ $.Values.ports.management }} }
{{- end }}
{{- end }}
{{- end }}

{{/* A group of the load balancer controller is one load balancer, whose members must agree on scheme and address type. */}}
{{- define "service.loadBalancer" -}}
{{- $addresses := eq .Values.network.ipFamily "ipv6" | ternary "-dualstack" "" }}
{{- $group := printf "%s-%s%s" .Values.system .Values.exposure.scheme $addresses }}
{{- include "service.shorten" (dict "text" $group "longest" 63) }}
{{- end }}
