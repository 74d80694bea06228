import { insideOf, messageOf } from '../error-text.ts'
import { type Diagnostic, type MessageOf, Severity } from '../protobuf/tfplugin6-values.ts'
import { DiagnosticError } from '../provider/diagnostic-error.ts'
import type { Diagnostics } from '../provider/request.ts'
import { attributePath } from '../schema/attribute-path.ts'
import { AuthorError } from '../schema/from-author.ts'
import { formatPath, type Path } from '../schema/path.ts'
import { RuleError } from '../schema/rule-error.ts'
import { shownPath } from '../schema/shown-path.ts'
import type { FieldSpecs } from '../schema/spec.ts'
import { NumberFormError } from '../schema/to-author.ts'
import type { CrashError } from './crash.ts'
import type { Secrets } from './secrets.ts'

const REPORT = "This is a bug in the provider, not in the configuration. Please report it to the provider's authors."
const CONVERT =
  'The value is from a release with another schema: one that asks for whole numbers raises its `version` and converts stored values in `upgradeState`.'
const STACK = 'Its stack is in the log (TF_LOG=error).'

type DiagnosticMessage = MessageOf<typeof Diagnostic>

/** The diagnostics of one call. */
export class DiagnosticList implements Diagnostics {
  readonly #fields: FieldSpecs
  readonly #secrets: Secrets
  readonly #messages: DiagnosticMessage[] = []

  constructor(fields: FieldSpecs, secrets: Secrets) {
    this.#fields = fields
    this.#secrets = secrets
  }

  get messages(): readonly DiagnosticMessage[] {
    return this.#messages
  }

  get failed(): boolean {
    return this.#messages.some(({ severity }) => severity === Severity.ERROR)
  }

  error(title: string, detail = '', path: Path = []): void {
    this.#add(Severity.ERROR, title, detail, path)
  }

  warning(title: string, detail = '', path: Path = []): void {
    this.#add(Severity.WARNING, title, detail, path)
  }

  /** Adds whatever an author's function threw. `doing` says what it was about: "Creating toy_server". */
  thrown(doing: string, error: unknown): void {
    if (error instanceof DiagnosticError) {
      this.error(error.message, error.detail || insideOf(error).trim(), error.path)
    } else if (error instanceof AuthorError) {
      this.#providerBug(doing, error)
    } else if (error instanceof NumberFormError) {
      this.error(`${doing} failed`, `"${formatPath(error.path)}": ${error.message} ${CONVERT}\n\n${REPORT}`, error.path)
    } else if (error instanceof RuleError) {
      const of = error.path.length > 0 ? ` of "${formatPath(error.path)}"` : ''
      this.error(`${doing} failed`, `${error.rule}${of} threw an error: ${error.message}\n\n${REPORT}`, error.path)
    } else {
      this.error(`${doing} failed`, messageOf(error))
    }
  }

  /** Says what a crash of the provider did to this call. */
  crashed(doing: string, { culprit, begun, message }: CrashError): void {
    const what = culprit
      ? 'The error was thrown where nothing waits for it, so the provider ends.'
      : `The provider crashed in another call and ends; this one was ${begun ? 'cut short' : 'not begun'}. Apply again.`
    this.error(`${doing} failed`, `${message}\n\n${what} ${STACK} ${REPORT}`)
  }

  #providerBug(doing: string, error: AuthorError): void {
    const where = error.path.length > 0 ? `"${formatPath(error.path)}": ` : ''
    this.error(`${doing} returned an invalid value`, `${where}${error.message}\n\n${REPORT}`, error.path)
  }

  #add(severity: number, title: string, detail: string, path: Path): void {
    const shown = shownPath(this.#fields, path)
    const message: DiagnosticMessage = {
      severity,
      summary: this.#secrets.mask(title),
      detail: this.#secrets.mask(shown.length < path.length ? located(title, detail, path) : detail),
    }
    const attribute = attributePath(this.#fields, shown)
    this.#messages.push(attribute.steps?.length ? { ...message, attribute } : message)
  }
}

/** Says in words where it is, if the text does not, for places that Terraform cannot show. */
function located(title: string, detail: string, path: Path): string {
  const place = formatPath(path)
  if (title.includes(place) || detail.includes(place)) return detail
  return [detail, `In \`${place}\`.`].filter(Boolean).join('\n\n')
}
