/**
 * The token of an Authorization header: `Token token=<token>`, quoted or not. Undefined for anything else, including
 * Bearer: the vendor accepts only this scheme, and a client that works here must work there.
 */
export function tokenOf(header: string | undefined): string | undefined {
  const match = /^Token\s+token=(?:"([^"\s]+)"|([^"\s,;]+))$/i.exec(header?.trim() ?? '')
  return match?.[1] ?? match?.[2]
}
