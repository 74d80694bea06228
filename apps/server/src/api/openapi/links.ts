import type { OperationName } from '@dmarc-as-code/client/contract'

// biome-ignore lint/suspicious/noExplicitAny: a document as generators make it, of which a part is read
type Json = any

interface Link {
  from: OperationName
  to: readonly OperationName[]
  /** Runtime expressions by the name of the parameter (OpenAPI 3.1 section 4.8.20.4). */
  parameters: Readonly<Record<string, string>>
}

const made = '$response.body#/id'
const account = '$request.path.account_id'

/** What can be done with the answer of an operation. */
const links: readonly Link[] = [
  {
    from: 'createDomain',
    to: ['getDomain', 'updateDomain', 'deleteDomain', 'restoreDomain'],
    parameters: { account_id: account, id: made },
  },
  {
    from: 'createDomain',
    to: ['getHostedServices', 'verifyHostedDmarc', 'verifyHostedMtaSts', 'generateDmarcRecord', 'listStatusChanges'],
    parameters: { account_id: account, domain_id: made },
  },
  { from: 'createAccount', to: ['updateAccount', 'deleteAccount'], parameters: { id: made } },
  {
    from: 'createAccount',
    to: ['listDomains', 'createDomain', 'listUserMemberships'],
    parameters: { account_id: made },
  },
  { from: 'createNoticeTarget', to: ['deleteNoticeTarget'], parameters: { id: made } },
  { from: 'createTag', to: ['getTag', 'updateTag', 'deleteTag'], parameters: { id: made } },
  {
    from: 'addDomainMemberships',
    to: ['getDomainMembership', 'removeDomainMembership'],
    parameters: { account_id: '$response.body#/account_id', id: made },
  },
]

export function addLinks(document: Json): void {
  const operations = Object.values<Json>(document.paths).flatMap((path) => Object.values<Json>(path))
  for (const { from, to, parameters } of links) {
    const operation = operations.find(({ operationId }) => operationId === from)
    const success = operation?.responses['201'] ?? operation?.responses['200']
    if (!success) continue
    success.links ??= {}
    for (const operationId of to) success.links[operationId] = { operationId, parameters: { ...parameters } }
  }
}
