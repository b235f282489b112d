{{- define "service.pod" -}}
serviceAccountName: {{ .Values.name | quote }}
automountServiceAccountToken: false
# Variables for every Service of the namespace slow the start and hide spelling mistakes.
enableServiceLinks: false
terminationGracePeriodSeconds: {{ include "service.graceSeconds" . }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.placement.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 65532
  runAsGroup: 65532
  fsGroup: 65532
  seccompProfile: { type: RuntimeDefault }
# ScheduleAnyway: a lost zone must not stop its pods from starting elsewhere. By revision, so that a rollout spreads too.
topologySpreadConstraints:
  {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    matchLabelKeys: [pod-template-hash]
    labelSelector:
      matchLabels:
        {{- include "service.selector" $ | nindent 8 }}
  {{- end }}
{{- with .Values.placement.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.placement.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
containers:
  - {{ include "service.container" . | nindent 4 | trim }}
volumes:
  - { name: tmp, emptyDir: { sizeLimit: 64Mi } }
  {{- if eq .Values.secrets.provider "csi" }}
  - name: secrets
    csi:
      driver: secrets-store.csi.k8s.io
      readOnly: true
      volumeAttributes: { secretProviderClass: {{ include "service.secretsName" . | quote }} }
  {{- end }}
  {{- if .Values.identity.enabled }}
  - name: eks-pod-identity-token
    projected:
      sources:
        - serviceAccountToken:
            audience: pods.eks.amazonaws.com
            expirationSeconds: 86400
            path: eks-pod-identity-token
  {{- end }}
{{- end }}
