interface Manifest {
  readonly name: string
  readonly engines: { readonly node: string }
}

/**
 * What to tell somebody who starts a program of the package on a Node older than its `engines.node` (which has the form
 * `>=MAJOR.MINOR`), or `undefined` where `running` ("24.1.0") is new enough. A program asks this before it loads anything
 * else: native modules and newer syntax end an old Node with a crash that names no cause.
 *
 * @throws {TypeError} if `engines.node` has another form.
 */
export function oldNodeMessage({ name, engines }: Manifest, running: string): string | undefined {
  const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? []
  if (major === undefined || minor === undefined) {
    throw new TypeError(`engines.node of ${name} is "${engines.node}"; expected the form ">=22.12".`)
  }
  const [hasMajor = 0, hasMinor = 0] = running.split('.').map(Number)
  if (hasMajor > Number(major) || (hasMajor === Number(major) && hasMinor >= Number(minor))) return undefined
  return `${name} needs Node ${major}.${minor} or newer, and this is Node ${running}. Install a newer release from https://nodejs.org, or by your package manager.`
}
