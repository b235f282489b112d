{{/* What the chart computes; "service.checks" refuses these names in config and secrets. */}}
{{- define "service.computedEnv" -}}
- { name: PORT, value: {{ .Values.ports.http | quote }} }
- { name: MANAGEMENT_PORT, value: {{ .Values.ports.management | quote }} }
- { name: SHUTDOWN_DRAIN_SECONDS, value: {{ .Values.shutdown.drainSeconds | quote }} }
- { name: SHUTDOWN_LONGEST_REQUEST_SECONDS, value: {{ .Values.shutdown.longestRequestSeconds | quote }} }
- { name: HOST, value: {{ eq .Values.network.ipFamily "ipv6" | ternary "::" "0.0.0.0" | quote }} }
- { name: OTEL_SERVICE_NAME, value: {{ .Values.name | quote }} }
- name: POD_NAME
  valueFrom: { fieldRef: { fieldPath: metadata.name } }
- name: NODE_NAME
  valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
- name: OTEL_RESOURCE_ATTRIBUTES
  value: >-
    service.namespace={{ .Values.system }},service.version={{ .Values.image.tag }},deployment.environment.name={{ .Values.environment }},k8s.namespace.name={{ .Release.Namespace }},k8s.pod.name=$(POD_NAME),k8s.node.name=$(NODE_NAME)
{{- with .Values.telemetry }}
{{- if .endpoint }}
- { name: OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ .endpoint | quote }} }
- { name: OTEL_TRACES_SAMPLER, value: parentbased_traceidratio }
- { name: OTEL_TRACES_SAMPLER_ARG, value: {{ .sampleRatio | quote }} }
{{- else }}
- { name: OTEL_SDK_DISABLED, value: 'true' }
{{- end }}
{{- end }}
{{- with .Values.identity }}
{{- if .enabled }}
# What the Pod Identity webhook would add; it leaves a pod alone that has them.
- { name: AWS_REGION, value: {{ .region | quote }} }
- { name: AWS_STS_REGIONAL_ENDPOINTS, value: regional }
- name: AWS_CONTAINER_CREDENTIALS_FULL_URI
  value: http://{{ eq $.Values.network.ipFamily "ipv6" | ternary "[fd00:ec2::23]" "169.254.170.23" }}/v1/credentials
- name: AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE
  value: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount/eks-pod-identity-token
{{- end }}
{{- end }}
{{- end }}

{{- define "service.env" -}}
{{ include "service.computedEnv" . }}
{{- range .Values.secrets.items }}
- name: {{ .env | quote }}
  valueFrom: { secretKeyRef: { name: {{ include "service.secretsName" $ | quote }}, key: {{ .env | quote }} } }
{{- end }}
{{- end }}

{{/* The Service that the address of the collector names, {namespace, port}; the policy opens nothing else for spans. */}}
{{- define "service.collector" -}}
{{- if .Values.telemetry.endpoint }}
{{- $url := urlParse .Values.telemetry.endpoint }}
{{- $host := regexReplaceAll ":[0-9]+$" $url.host "" }}
{{- if not (or .Values.telemetry.cidrs (regexMatch "^[-a-z0-9]+(\\.[-a-z0-9]+(\\.svc(\\..+)?)?)?$" $host)) }}
{{- fail (printf "telemetry.endpoint is at %s, which is no Service of the cluster: write http://<service>.<namespace>:<port>, or its address ranges into telemetry.cidrs" $host) }}
{{- end }}
namespace: {{ regexReplaceAll "^[-a-z0-9]+\\.?([-a-z0-9]*).*$" $host "${1}" | default .Release.Namespace | quote }}
port: {{ regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default (eq $url.scheme "https" | ternary "443" "80") }}
{{- end }}
{{- end }}
