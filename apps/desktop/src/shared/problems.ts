/**
 * Every failure a person can meet, as an entry of one catalogue: title, explanation, steps, and the action on the button.
 * The main process throws `ProblemError`; what crosses to the page is the plain `Problem`, which never holds a secret.
 */

export type ProblemAction =
  | 'retry'
  | 'enter-token'
  | 'enter-dns-credentials'
  | 'show-lines'
  | 'unlock-keyring'
  | 'forget-secret'
  | 'check-again'
  | 'open-settings'
  | 'put-back'
  | 'none'

export interface Problem {
  readonly code: ProblemCode
  readonly title: string
  readonly explanation: string
  readonly steps: readonly string[]
  readonly action: ProblemAction
  /** The button's words. Empty for `none`. */
  readonly actionLabel: string
}

interface Entry {
  readonly title: string
  readonly explanation: (detail: string) => string
  readonly steps: readonly string[]
  readonly action: ProblemAction
  readonly actionLabel: string
}

const entry = (
  title: string,
  explanation: string | ((detail: string) => string),
  steps: readonly string[],
  action: ProblemAction,
  actionLabel: string,
): Entry => ({
  title,
  explanation: typeof explanation === 'string' ? () => explanation : explanation,
  steps,
  action,
  actionLabel,
})

export const catalogue = {
  offline: entry(
    'You are offline',
    'This computer has no network. What you see is the last known state; checking resumes by itself.',
    ['Check the network connection.'],
    'retry',
    'Try now',
  ),
  'server-unreachable': entry(
    'The service does not answer',
    (detail) => `No connection to ${detail}. What you see is the last known state; the app keeps trying.`,
    ['Check the address in Settings.', 'If you host the server yourself, check that it runs.'],
    'retry',
    'Try now',
  ),
  'server-error': entry(
    'The service had a problem',
    (detail) => `${detail}. Nothing is wrong with your records because of this; the app keeps trying.`,
    ['Wait a little.', 'If it lasts, tell the people who run the service.'],
    'retry',
    'Try now',
  ),
  'rate-limited': entry(
    'The service asks for a pause',
    (detail) => `Too many questions in a short time. ${detail}`.trim(),
    ['Nothing to do: the app waits as long as the service asked.'],
    'none',
    '',
  ),
  'wrong-token': entry(
    'The token is not accepted',
    (detail) => `${detail} refused the API token. It may have been mistyped, revoked, or belong to another service.`,
    ['Create a token on the page "API Tokens" of the service.', 'Paste it here.'],
    'enter-token',
    'Enter a token',
  ),
  'not-allowed': entry(
    'The token may not do this',
    (detail) => `The service knows the token but refused: ${detail}`,
    ['Create a token with the privilege "domains", or ask the owner of the account.'],
    'enter-token',
    'Enter another token',
  ),
  'plan-too-low': entry(
    'Your plan does not include this',
    (detail) => `The service answered: ${detail}`,
    ['Hosted records need a paid plan with the vendor. A server you host yourself has no such limit.'],
    'none',
    '',
  ),
  'not-found': entry(
    'It is not there any more',
    'The service does not know this domain. Somebody may have removed it.',
    ['Look again: the list is read anew.'],
    'check-again',
    'Look again',
  ),
  refused: entry(
    'The service refused the change',
    (detail) => detail,
    ['Change what the service names, then try again.'],
    'none',
    '',
  ),
  unsupported: entry(
    'This service cannot do that',
    (detail) => detail,
    ['Use the web page of the service for it.'],
    'none',
    '',
  ),
  'secret-unavailable': entry(
    'No password store on this computer',
    'Tokens and DNS credentials are kept in the password store of the system, and none answered. Nothing is ever written to disk in clear, so without one the app cannot remember them.',
    [
      'On Linux, install and start a Secret Service such as gnome-keyring or KWallet.',
      'Then try again. The app also looks for it by itself.',
    ],
    'retry',
    'Try again',
  ),
  'secret-locked': entry(
    'The password store is locked',
    'What the app keeps is safe in the password store of the system, which is locked or was not opened when asked.',
    ['Unlock the keyring (sign in again, or open it in "Passwords and Keys").', 'Then try again.'],
    'unlock-keyring',
    'Try again',
  ),
  'secret-empty': entry(
    'The token is no longer in the password store',
    'The password store is open, but it has no entry for this connection. It may have been deleted or the store replaced.',
    ['Enter the token again.'],
    'enter-token',
    'Enter the token',
  ),
  'secret-damaged': entry(
    'The stored secret cannot be read',
    'The password store has an entry for this connection, but not one this app wrote. It was left as it is.',
    ['Enter the secret again; only then is the old entry replaced.'],
    'enter-token',
    'Replace it',
  ),
  'dns-service-unknown': entry(
    'No automatic way into this zone',
    (detail) => `${detail} The app has no key to such a service, so it shows the exact lines to paste.`,
    ['Copy the lines into the page of your DNS service.', 'Come back and choose "I have added them".'],
    'show-lines',
    'Show the lines',
  ),
  'dns-credentials-refused': entry(
    'The DNS service refused the credentials',
    (detail) => detail,
    ['Check that they are for this zone and may write to it.', 'Enter them again.'],
    'enter-dns-credentials',
    'Enter them again',
  ),
  'dns-unreachable': entry(
    'The DNS could not be asked',
    (detail) => `${detail} Not being able to ask is not the same as a wrong record, so nothing was changed.`,
    ['Check the network; some offices block port 53.', 'Then try again.'],
    'retry',
    'Try again',
  ),
  'dns-conflict': entry(
    'Something else is in the way',
    (detail) => detail,
    ['Look at what is there.', 'Choose to keep it, or to replace it; a replaced record comes back with Undo.'],
    'check-again',
    'Look again',
  ),
  'dns-changed-meanwhile': entry(
    'The zone changed while you looked at the plan',
    (detail) => `${detail} Nothing was written over it.`,
    ['Make a new plan and confirm that.'],
    'check-again',
    'Make a new plan',
  ),
  'dns-failed': entry(
    'The DNS service did not carry it out',
    (detail) => detail,
    ['Each record in the list says what happened to it.', 'Try again: records that are right are left alone.'],
    'check-again',
    'Make a new plan',
  ),
  'dns-interrupted': entry(
    'An earlier change was cut off',
    (detail) => detail,
    ['Put everything back as it was.', 'Then make a new plan.'],
    'put-back',
    'Put it back',
  ),
  'too-soon': entry(
    'Asked a moment ago',
    'The same domain was checked less than ten seconds ago.',
    ['Wait a few seconds.'],
    'none',
    '',
  ),
  'sandbox-failed': entry(
    'The sandbox did not start',
    (detail) => detail,
    ['Try again.', 'If it keeps failing, connect a real account in Settings.'],
    'retry',
    'Try again',
  ),
  'sandbox-unreadable': entry(
    'The running sandbox was not opened',
    (detail) => detail,
    ['Start it again (npm start), or let the app start a sandbox of its own.'],
    'none',
    '',
  ),
  'update-failed': entry(
    'No update could be looked for',
    (detail) => detail,
    ['Nothing to do: the app looks again within the hour, and goes on working as it is.'],
    'retry',
    'Look again',
  ),
  'update-refused': entry(
    'An update was refused',
    (detail) => `${detail} Nothing was installed.`,
    ['Go on working: this version is not affected.', 'If it lasts, tell the people who publish the app.'],
    'retry',
    'Look again',
  ),
  'update-not-installed': entry(
    'The update was not installed',
    (detail) => `${detail} This version goes on working.`,
    ['Try again; the system may ask for your password.', 'Or install the new package by hand.'],
    'retry',
    'Try again',
  ),
  'bad-request': entry(
    'The window asked for something it may not',
    (detail) => `${detail} Nothing was done.`,
    ['Close the window and open it again.'],
    'none',
    '',
  ),
  unexpected: entry(
    'Something unexpected happened',
    (detail) => detail,
    ['Try again.', 'If it comes back, report it with the log (Settings, "Show log").'],
    'retry',
    'Try again',
  ),
} satisfies Record<string, Entry>

export type ProblemCode = keyof typeof catalogue

/** Turns a code and its detail (already free of secrets) into what the page shows. */
export function problem(code: ProblemCode, detail = ''): Problem {
  const { title, explanation, steps, action, actionLabel } = catalogue[code]
  return { code, title, explanation: explanation(detail), steps, action, actionLabel }
}

export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  /** Milliseconds the other side asked to wait, if it did. */
  readonly retryAfter: number | undefined

  constructor(code: ProblemCode, detail = '', options?: ErrorOptions & { retryAfter?: number }) {
    const entry = problem(code, detail)
    super(`${entry.title}: ${entry.explanation}`, options)
    this.problem = entry
    this.retryAfter = options?.retryAfter
  }
}

/** Any thrown value as a problem. Unknown errors keep their message, never their stack. */
export function toProblem(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  return problem('unexpected', error instanceof Error ? error.message : 'No reason was given.')
}
