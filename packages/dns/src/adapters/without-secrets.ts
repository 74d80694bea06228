import { Redactor } from '@dmarc-as-code/primitives'
import { DnsServiceError } from '../engine/errors.ts'
import type { DnsAdapter } from '../engine/types.ts'
import { findDnsService } from '../services/catalogue.ts'

/**
 * Opens an adapter whose errors hold none of the secrets it was given. Services, proxies and libraries quote what they
 * were sent: a refused token, a signed address, a header.
 */
export async function withoutSecrets(
  config: { readonly type: string },
  open: () => Promise<DnsAdapter>,
): Promise<DnsAdapter> {
  const redactor = new Redactor(secretsIn(config))
  const adapter = await guarded(redactor, open)
  const call =
    <Args extends unknown[], Result>(method: (...args: Args) => Promise<Result>) =>
    (...args: Args) =>
      guarded(redactor, () => method.apply(adapter, args))
  const { nameServers, list, close, unseen } = adapter
  const guardedMethods: Methods = {
    findZone: call(adapter.findZone),
    read: call(adapter.read),
    write: call(adapter.write),
    nameServers: nameServers && call(nameServers),
    list: list && call(list),
    close: close && call(close),
    unseen:
      unseen &&
      ((zone) => {
        const why = unseen.call(adapter, zone)
        return why === undefined ? undefined : redactor.text(why)
      }),
  }
  const given = Object.entries(guardedMethods).filter(([, method]) => method !== undefined)
  return { ...adapter, ...Object.fromEntries(given) }
}

type MethodName = {
  [Name in keyof DnsAdapter]-?: NonNullable<DnsAdapter[Name]> extends (...args: never[]) => unknown ? Name : never
}[keyof DnsAdapter]

/** Every method of an adapter: one that is added and not guarded does not compile. */
type Methods = { [Name in MethodName]: DnsAdapter[Name] | undefined }

async function guarded<Result>(redactor: Redactor, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof DnsServiceError)) throw error
    const message = redactor.text(error.message)
    const fix = redactor.text(error.fix)
    if (message === error.message && fix === error.fix) throw error
    const details = {
      service: error.service,
      kind: error.kind,
      message: message.slice(0, -fix.length || undefined),
      fix,
    }
    throw new DnsServiceError(details, { cause: redactor.cause(error.cause) })
  }
}

/** The values of the fields that the catalogue calls secret. Short ones are left: masking them would eat up words. */
function secretsIn(config: { readonly type: string }): string[] {
  const fields = findDnsService(config.type)?.fields ?? []
  return fields
    .filter(({ secret }) => secret)
    .map(({ name }) =>
      name.split('.').reduce<unknown>((value, part) => (value as { [key: string]: unknown })?.[part], config),
    )
    .filter((value) => typeof value === 'string')
}
