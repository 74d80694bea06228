import { type Message, t, translateIfKnown } from './messages/messages.ts'

/**
 * Every failure a person can meet, as an entry of one catalogue: title, explanation, steps, and the action on the button.
 * The main process throws `ProblemError`; what crosses to the page is the plain `Problem`, which never holds a secret.
 */

export type ProblemAction =
  | 'retry'
  | 'enter-token'
  | 'enter-dns-credentials'
  | 'show-records'
  | 'unlock-keyring'
  | 'forget-secret'
  | 'check-again'
  | 'open-settings'
  | 'restore'
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
  readonly title: Message
  /** `{detail}` is what the place that failed knows. */
  readonly explanation: Message
  readonly steps: readonly Message[]
  readonly action: ProblemAction
  readonly actionLabel: Message | ''
}

const entry = (
  title: Message,
  explanation: Message,
  steps: readonly Message[],
  action: ProblemAction,
  actionLabel: Message | '',
): Entry => ({ title, explanation, steps, action, actionLabel })

export const catalogue = {
  offline: entry(
    'You are offline',
    'This computer has no network connection. The window shows the last known state. Checking resumes automatically.',
    ['Check the network connection.'],
    'retry',
    'Try again',
  ),
  'server-unreachable': entry(
    'Cannot reach the service',
    'Cannot connect to {detail}. The window shows the last known state. The app keeps trying.',
    ['Check the address in Settings.', 'If you host the server yourself, check that it is running.'],
    'retry',
    'Try again',
  ),
  'server-certificate': entry(
    'The connection is not secure',
    '{detail} The token was not sent.',
    [
      'If your organization has its own certificate authority, add it to the system, or select its file in Settings under "CA file".',
      'Otherwise contact the operator of the service.',
    ],
    'retry',
    'Try again',
  ),
  'address-not-valid': entry('Check the address', '{detail}', ['Correct the address, then connect again.'], 'none', ''),
  'zones-not-valid': entry(
    'Check the name servers',
    '{detail}',
    ['Correct the line that the message names, then connect again.'],
    'none',
    '',
  ),
  'already-connected': entry(
    'Already connected',
    '{detail}',
    ['Use a token of another account, or use the connection that exists.'],
    'none',
    '',
  ),
  'server-error': entry(
    'The service reported an error',
    '{detail}. Your records are not affected. The app keeps trying.',
    ['Wait a few minutes.', 'If the error persists, contact the operator of the service.'],
    'retry',
    'Try again',
  ),
  'rate-limited': entry(
    'Too many requests',
    'The service limits how often it can be called. {detail}',
    ['No action is needed. The app waits as long as the service requires.'],
    'none',
    '',
  ),
  'wrong-token': entry(
    'The API token is not accepted',
    '{detail} rejected the API token. It may be mistyped, revoked, or issued by another service.',
    ['Create a token on the "API Tokens" page of the service.', 'Enter it here.'],
    'enter-token',
    'Enter a token',
  ),
  'not-allowed': entry(
    'The API token lacks permission',
    'The service accepted the token but denied the request: {detail}',
    ['Create a token with the "domains" privilege, or ask the account owner for one.'],
    'enter-token',
    'Enter another token',
  ),
  'plan-too-low': entry(
    'Your plan does not include this',
    'The service responded: {detail}',
    ['Hosted records require a paid plan at the vendor. A self-hosted server has no such limit.'],
    'none',
    '',
  ),
  'not-found': entry(
    'The domain no longer exists',
    'The service does not know this domain. It may have been deleted.',
    ['Refresh the list.'],
    'check-again',
    'Refresh',
  ),
  'changed-meanwhile': entry(
    'Somebody changed this meanwhile',
    'The policy was changed after you started editing. Nothing was published.',
    ['Compare both versions, then decide which one to keep.'],
    'none',
    '',
  ),
  'evidence-missing': entry(
    'The reports are no evidence for this policy',
    '{detail} Nothing was changed.',
    ['Mend what is missing, or say why the policy is tightened nevertheless.'],
    'none',
    '',
  ),
  refused: entry(
    'The change was rejected',
    '{detail}',
    ['Correct the value that the message names, then try again.'],
    'none',
    '',
  ),
  unsupported: entry(
    'Not supported by this service',
    '{detail}',
    ['Use the web site of the service instead.'],
    'none',
    '',
  ),
  'secret-unavailable': entry(
    'No password store found',
    'The app stores tokens and DNS credentials in the password store of the system, and none responded. Secrets are never written to disk in plain text, so the app cannot store them without one.',
    [
      'On Linux, install and start a Secret Service such as gnome-keyring or KWallet.',
      'Then try again. The app also detects it automatically.',
    ],
    'retry',
    'Try again',
  ),
  'secret-locked': entry(
    'The password store is locked',
    'Your tokens and credentials are in the password store of the system, which is locked or was not unlocked when the system asked.',
    ['Unlock the keyring: sign in again, or unlock it in "Passwords and Keys".', 'Then try again.'],
    'unlock-keyring',
    'Try again',
  ),
  'secret-empty': entry(
    'The token is no longer in the password store',
    'The password store is unlocked, but has no entry for this connection. The entry may have been deleted, or the store replaced.',
    ['Enter the token again.'],
    'enter-token',
    'Enter the token',
  ),
  'secret-damaged': entry(
    'The stored secret cannot be read',
    'The password store has an entry for this connection that was not written by this app. It was not changed.',
    ['Enter the secret again. The old entry is replaced only then.'],
    'enter-token',
    'Replace it',
  ),
  'dns-service-unknown': entry(
    'This DNS service is not supported',
    '{detail} The app cannot change records there, so it shows the exact records to add.',
    ['Copy the records to your DNS service.', 'Then choose "I have added them".'],
    'show-records',
    'Show the records',
  ),
  'dns-credentials-refused': entry(
    'The DNS service rejected the credentials',
    '{detail}',
    ['Check that they belong to this zone and allow changes to it.', 'Enter them again.'],
    'enter-dns-credentials',
    'Enter them again',
  ),
  'no-dns-credentials': entry(
    'The CNAMEs were not removed',
    '{detail} Hosting is still on.',
    ['Remove the CNAMEs at your DNS service, then turn hosting off without removing them.'],
    'none',
    '',
  ),
  'dns-unreachable': entry(
    'Could not query the DNS',
    '{detail} This does not mean that a record is wrong. Nothing was changed.',
    ['Check the network connection. Some networks block port 53.', 'Then try again.'],
    'retry',
    'Try again',
  ),
  'dns-conflict': entry(
    'Conflict with an existing record',
    '{detail}',
    ['Check the existing record.', 'Choose whether to keep or replace it. Undo restores a replaced record.'],
    'check-again',
    'Refresh',
  ),
  'dns-changed-meanwhile': entry(
    'The zone changed after the plan was made',
    '{detail} Nothing was overwritten.',
    ['Make a new plan and confirm it.'],
    'check-again',
    'Make a new plan',
  ),
  'would-weaken': entry(
    'The protection would become weaker',
    '{detail} Nothing was changed.',
    ['Keep what is live, or say why it may become weaker.'],
    'none',
    '',
  ),
  'dns-failed': entry(
    'The DNS service did not complete the change',
    '{detail}',
    ['The list shows the result for each record.', 'Make a new plan. Correct records are not changed again.'],
    'check-again',
    'Make a new plan',
  ),
  'dns-interrupted': entry(
    'An earlier change was interrupted',
    '{detail}',
    ['Restore the previous records.', 'Then make a new plan.'],
    'restore',
    'Restore',
  ),
  'too-soon': entry(
    'Checked a moment ago',
    'This domain was checked less than 10 seconds ago.',
    ['Wait a few seconds.'],
    'none',
    '',
  ),
  'sandbox-failed': entry(
    'The sandbox did not start',
    '{detail}',
    ['Try again.', 'If the sandbox still does not start, connect an account in Settings.'],
    'retry',
    'Try again',
  ),
  'sandbox-unreadable': entry(
    'Could not connect to the running sandbox',
    '{detail}',
    ['Start the sandbox again (npm start), or let the app start one.'],
    'none',
    '',
  ),
  'update-failed': entry(
    'Could not check for updates',
    '{detail}',
    ['No action is needed. The app checks again within the hour and continues to work.'],
    'retry',
    'Check again',
  ),
  'update-refused': entry(
    'An update was rejected',
    '{detail} Nothing was installed.',
    ['This version continues to work.', 'If the problem persists, contact the publisher of the app.'],
    'retry',
    'Check again',
  ),
  'update-not-installed': entry(
    'The update was not installed',
    '{detail} This version continues to work.',
    ['Try again. The system may ask for your password.', 'Or install the new package manually.'],
    'retry',
    'Try again',
  ),
  'bad-request': entry(
    'Request not allowed',
    '{detail} Nothing was done.',
    ['Close the window and open it again.'],
    'none',
    '',
  ),
  unexpected: entry(
    'An unexpected error occurred',
    '{detail}',
    ['Try again.', 'If it happens again, report it with the log (Settings, "Show log").'],
    'retry',
    'Try again',
  ),
} satisfies Record<string, Entry>

export type ProblemCode = keyof typeof catalogue

/** Turns a code and its detail (already free of secrets) into what the page shows, in the language of the app. */
export function problem(code: ProblemCode, detail = ''): Problem {
  const { title, explanation, steps, action, actionLabel } = catalogue[code]
  return {
    code,
    title: t(title),
    explanation: t(explanation, { detail: translateIfKnown(detail) }).trim(),
    steps: steps.map((step) => t(step)),
    action,
    actionLabel: actionLabel === '' ? '' : t(actionLabel),
  }
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
  return problem('unexpected', error instanceof Error ? error.message : t('No details are available.'))
}
