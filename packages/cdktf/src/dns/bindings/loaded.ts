/**
 * The prebuilt bindings of a provider, which are an optional peer. Where they are missing, the error is the line that installs
 * them.
 */
export async function loaded<Module>(name: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load()
  } catch (error) {
    throw explained(name, error)
  }
}

/**
 * The same in the CommonJS build, into which the build script turns the calls of the other.
 * @public
 */
export function loadedAtOnce<Module>(name: string, load: () => Module): Module {
  try {
    return load()
  } catch (error) {
    throw explained(name, error)
  }
}

function explained(name: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  const missing = (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') && message.includes(name)
  if (!missing) return error
  return new Error(`${name} is not installed, and this DNS target writes with it. Install it: npm install ${name}`, {
    cause: error,
  })
}
