import type { LogFields, Logger } from '../provider/request.ts'
import type { Secrets } from './secrets.ts'

/** Takes one line of a log, without its line end. */
export type LogSink = (line: string) => void

/** Standard error, from where Terraform reads; silent unless its log is on. */
export function terraformLog(environment: NodeJS.ProcessEnv = process.env): LogSink {
  const wanted = Object.keys(environment).some((name) => /^TF_LOG(_PROVIDER.*)?$/.test(name) && environment[name])
  return wanted ? (line) => process.stderr.write(`${line}\n`) : () => {}
}

/** Writes log entries as hclog JSON, which Terraform merges into its own log with level and fields. */
export function hclog(sink: LogSink, module: string, secrets: Secrets, clock: () => Date = () => new Date()): Logger {
  const write =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      sink(
        JSON.stringify({
          ...(secrets.maskAll(fields) as LogFields),
          '@level': level,
          '@message': secrets.mask(message),
          '@module': module,
          '@timestamp': clock().toISOString().replace('Z', '000Z'),
        }),
      )
  return {
    trace: write('trace'),
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
