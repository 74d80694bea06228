/** A variable of the environment; undefined where it is empty, and in browsers and Workers, which have no `process`. */
export function environment(
  name: 'DMARCREPORT_TOKEN' | 'DMARCREPORT_ENDPOINT' | 'DMARCREPORT_LOG',
): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env?.[name] || undefined
}
