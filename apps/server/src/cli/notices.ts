import { textTable } from '@dmarc-as-code/primitives'
import { auditedTarget, targetFields } from '../api/audited.ts'
import { configuredWebhookSecrets } from '../app/store-keys.ts'
import { newWebhookSecret, webhookFault } from '../notices/webhook.ts'
import { recordChange } from '../store/audit.ts'
import { addTarget, findTarget, listTargets, removeTarget } from '../store/notices.ts'
import { findTagByName } from '../store/tags.ts'
import { isUniqueViolation } from '../store/unique-violation.ts'
import { commandActor } from './actor.ts'
import type { Command } from './command.ts'
import { CommandError } from './command-error.ts'
import { configFor } from './config-for.ts'
import { numberOf, requiredOption, shownTime } from './options.ts'
import { userOf, withStore } from './with-store.ts'

export const noticesAdd: Command = {
  name: 'notices add',
  summary:
    'Sends the notices about the domains of a user to --webhook URL (prints the secret of its signatures once) or to --mail ADDRESS. --tag NAME: only about the domains with this tag.',
  options: {
    email: { type: 'string' },
    webhook: { type: 'string' },
    mail: { type: 'string' },
    tag: { type: 'string' },
  },
  async run(input) {
    const email = requiredOption(input.values, 'email')
    const { webhook, mail, tag: tagName } = input.values
    if ((webhook === undefined) === (mail === undefined)) throw new CommandError('Pass either --webhook or --mail.')
    const config = configFor(input.values, input.env)
    const fault = webhook === undefined ? mailFault(mail ?? '') : webhookFault(webhook, config.network.allowPrivate)
    if (fault !== undefined) throw new CommandError(fault)
    if (mail !== undefined && config.notices.mail === undefined) {
      throw new CommandError('The server cannot send mail: set notices.mail in its settings first.')
    }
    const secret = webhook === undefined ? null : newWebhookSecret()
    const channel = webhook === undefined ? 'mail' : 'webhook'
    const destination = webhook ?? mail ?? ''
    const { seal } = await configuredWebhookSecrets(config)
    const now = Date.now()
    await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const user = await userOf(tx, email)
        const tag = tagName === undefined ? undefined : await findTagByName(tx, user.id, tagName)
        if (tagName !== undefined && !tag) throw new CommandError(`${email} has no tag ${JSON.stringify(tagName)}.`)
        const only = tag ? { tagId: tag.id } : {}
        const stored = secret && seal(secret, { user_id: user.id, destination })
        const added = addTarget(tx, { userId: user.id, channel, destination, secret: stored, now, ...only })
        const target = await added.catch((error) => {
          if (isUniqueViolation(error)) throw new CommandError(`${email} gets notices at ${destination} already.`)
          throw error
        })
        await recordChange(
          tx,
          'notices add',
          commandActor(),
          { ...auditedTarget(target), before: null, after: targetFields(target) },
          now,
        )
      }),
    )
    input.print(secret ?? `Notices go to ${destination}`)
  },
}

export const noticesList: Command = {
  name: 'notices list',
  summary: 'Lists where notices are sent, with what waits for delivery.',
  options: {},
  async run(input) {
    const targets = await withStore(input, (store) => listTargets(store.db))
    const header = ['id', 'user', 'channel', 'destination', 'tag', 'waiting', 'created']
    const rows = targets.map(({ id, email, channel, destination, tag, waiting, created_at }) => [
      String(id),
      email,
      channel,
      destination,
      tag ?? 'all',
      String(waiting),
      shownTime(created_at),
    ])
    for (const line of textTable(header, rows)) input.print(line)
  },
}

export const noticesRemove: Command = {
  name: 'notices remove',
  summary: 'Sends no further notices to a target, by --id.',
  options: { id: { type: 'string' } },
  async run(input) {
    const id = numberOf(requiredOption(input.values, 'id'), 'id')
    await withStore(input, (store) =>
      store.transaction(async (tx) => {
        const target = await findTarget(tx, id)
        if (!target) throw new CommandError(`There is no target ${id}. List them with: dmarc-server notices list`)
        await removeTarget(tx, id)
        const noted = { ...auditedTarget(target), before: targetFields(target), after: null }
        await recordChange(tx, 'notices remove', commandActor(), noted, Date.now())
      }),
    )
    input.print('Target removed')
  },
}

const mailFault = (address: string): string | undefined =>
  /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address) ? undefined : `${address} is not an email address.`
