import { explaining } from '../../api/explain-api-error.ts'
import { define } from '../../context/define.ts'
import { reportedDomain } from '../reported-domain.ts'
import { statusChangesDataSchema } from './status-changes-data-schema.ts'

export const statusChangesData = define.dataSource({
  description:
    'Reads how the statuses of a domain have changed, and the reasons given for changes that needed one. Requires a server that keeps a history.',
  schema: statusChangesDataSchema,
  async read({ config, client: { api }, signal }) {
    return explaining(`Reading the history of ${config.domain_id}`, signal, async () => {
      const { accountId, domainId } = await reportedDomain(api, config, signal)
      const changes = await api.client.history.statusChanges(accountId, domainId, { signal })
      return {
        changes: changes
          .slice(0, config.limit ?? 100)
          .map(({ at, service, record, part, from, to, reason, found }) => ({
            at,
            service,
            record,
            part,
            from: from ?? null,
            to,
            reason: reason ?? null,
            found: found ?? null,
          })),
      }
    })
  },
})
