{{- define "service.container" -}}
name: app
image: {{ include "service.image" . | quote }}
imagePullPolicy: IfNotPresent
# The last lines of the log become the reason of a crash, where a person looks first.
terminationMessagePolicy: FallbackToLogsOnError
ports:
  - name: http
    containerPort: {{ .Values.ports.http }}
  - name: management
    containerPort: {{ .Values.ports.management }}
envFrom:
  - configMapRef:
      name: {{ .Values.name | quote }}
env:
  {{- include "service.env" . | nindent 2 }}
resources:
  requests:
    cpu: {{ .Values.resources.cpu | quote }}
    memory: {{ .Values.resources.memory | quote }}
  limits:
    memory: {{ .Values.resources.memory | quote }}
    {{- with .Values.resources.cpuLimit }}
    cpu: {{ . | quote }}
    {{- end }}
startupProbe:
  httpGet: { path: {{ .Values.probes.startup.path }}, port: management }
  periodSeconds: 2
  timeoutSeconds: 2
  failureThreshold: {{ div .Values.probes.startup.budgetSeconds 2 }}
{{- range $probe := list "liveness" "readiness" }}
{{- with index $.Values.probes $probe }}
{{ $probe }}Probe:
  httpGet: { path: {{ .path }}, port: management }
  periodSeconds: {{ .periodSeconds }}
  timeoutSeconds: {{ .timeoutSeconds }}
  failureThreshold: {{ .failureThreshold }}
{{- end }}
{{- end }}
lifecycle:
  preStop:
    sleep:
      seconds: {{ .Values.shutdown.preStopSeconds }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- if eq .Values.secrets.provider "csi" }}
  - { name: secrets, mountPath: /mnt/secrets, readOnly: true }
  {{- end }}
  {{- if .Values.identity.enabled }}
  - { name: eks-pod-identity-token, mountPath: /var/run/secrets/pods.eks.amazonaws.com/serviceaccount, readOnly: true }
  {{- end }}
{{- end }}
