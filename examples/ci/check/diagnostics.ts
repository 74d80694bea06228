/** A warning or an error, as `terraform plan -json` and `tofu plan -json` print it. */
export interface Diagnostic {
  readonly severity: string
  readonly summary: string
  readonly detail: string
  /** Of the resource that it is about. */
  readonly address?: string
}

/**
 * The warnings and errors of a plan, each once; undefined where the text is not what `terraform plan -json` prints, so that a plan whose
 * warnings are lost is not taken for one without.
 */
export function diagnosticsOf(printed: string): Diagnostic[] | undefined {
  const messages = printed.split('\n').flatMap((line) => {
    const message = readJson(line)
    return isObject(message) ? [message] : []
  })
  if (!messages.some(({ type }) => type === 'version')) return undefined
  const found = messages.flatMap(({ type, diagnostic }) =>
    type === 'diagnostic' && isObject(diagnostic) ? [readDiagnostic(diagnostic)] : [],
  )
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

function readDiagnostic({ severity, summary, detail, address }: Record<string, unknown>): Diagnostic {
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const about = text(address)
  return {
    severity: text(severity),
    summary: text(summary),
    detail: text(detail),
    ...(about !== '' && { address: about }),
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The errors in the words of the provider, for the comment where there is no plan. */
export const errorsText = (diagnostics: readonly Diagnostic[]) =>
  diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail, address }) => {
      const about = address === undefined ? '' : `\n  with ${address}`
      return `Error: ${summary}${about}\n\n${detail}`.trim()
    })
    .join('\n\n')
