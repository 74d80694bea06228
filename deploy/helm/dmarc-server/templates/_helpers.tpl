{{- define "dmarc-server.name" -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}

{{- define "dmarc-server.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "dmarc-server.labels" -}}
{{ include "dmarc-server.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{/* What the server reads: the settings, with the API on every address of the pod. */}}
{{- define "dmarc-server.settings" -}}
{{- $api := dict "host" "0.0.0.0" "port" .Values.api.service.port -}}
{{- mergeOverwrite (dict "api" $api) (deepCopy .Values.settings) | toPrettyJson -}}
{{- end -}}
