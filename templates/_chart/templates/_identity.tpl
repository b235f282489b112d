{{/* Selectors are immutable, so nothing stands here that anybody may want to rename. */}}
{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Values.name | quote }}
{{- end }}

{{- define "service.podLabels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | trunc 63 | trimSuffix "-" | trimSuffix "." | trimSuffix "_" | quote }}
app.kubernetes.io/part-of: {{ .Values.system | quote }}
backstage.io/kubernetes-id: {{ .Values.name | quote }}
waymark.dev/owner: {{ .Values.owner | quote }}
waymark.dev/environment: {{ .Values.environment | quote }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.podLabels" . }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service | quote }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
waymark.dev/template: {{ .Values.template.name | quote }}
waymark.dev/template-version: {{ .Values.template.version | quote }}
{{- end }}

{{/* By digest where CI wrote one: a tag can move, a digest cannot. */}}
{{- define "service.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag }}{{ with .Values.image.digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "service.graceSeconds" -}}
{{ add .Values.shutdown.preStopSeconds .Values.shutdown.drainSeconds .Values.shutdown.longestRequestSeconds 5 }}
{{- end }}

{{- define "service.secretsName" -}}
{{ .Values.name }}-secrets
{{- end }}

{{/* {text, longest}: a text that is too long keeps its beginning and gets a hash, so that two long ones stay two. */}}
{{- define "service.shorten" -}}
{{- if le (len .text) .longest }}{{ .text }}{{ else }}
{{- trunc (sub .longest 9 | int) .text | trimSuffix "-" }}-{{ sha256sum .text | trunc 8 }}
{{- end }}
{{- end }}
