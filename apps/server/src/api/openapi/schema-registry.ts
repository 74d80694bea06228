import * as contract from '@dmarc-as-code/client/contract'
import * as z from 'zod'

/**
 * The schemas of the contract under their names, so that the document refers to each instead of repeating it. `domain` is
 * `Domain`; what is sent is named apart from what is answered (`mtaStsPolicyInput` is `MtaStsPolicySettings`).
 */
export const schemaRegistry = z.registry<{ id: string }>()

/** Parameters stand one by one in the document, so theirs are no schemas that can be referred to. */
const ofParameters = new Set<unknown>(
  Object.values<contract.Operation>({ ...contract.operations, ...contract.reportOperations }).flatMap(
    ({ params, query, headers }) => [params, query, headers],
  ),
)

for (const [name, value] of Object.entries(contract)) {
  if (value instanceof z.ZodObject && !ofParameters.has(value)) schemaRegistry.add(value, { id: componentName(name) })
}

function componentName(name: string): string {
  const readable = name.replace(/Input$/, 'Settings').replace(/^errorBody$/, 'error')
  return readable.replace(/^./, (letter) => letter.toUpperCase())
}
