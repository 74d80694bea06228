import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const INSTALL_TIMEOUT_MS = 10 * 60_000
const UNREACHABLE =
  /Temporary failure in name resolution|Name or service not known|no such host|Connection refused|ConnectTimeout|connection timed out|i\/o timeout|Network is unreachable|NewConnectionError|Tunnel connection failed/i

/** A peer that is at hand, or why it is not. */
export type Peer<Installed> = ({ available: true } & Installed) | { available: false; why: string }

/**
 * The peer that `install` brings, or the reason why it is unavailable where the package registry cannot be reached. Any
 * other failure is thrown: a peer that no longer installs must not pass as one that is not at hand.
 */
export async function unlessUnreachable<Installed>(
  registry: string,
  install: () => Promise<Installed>,
): Promise<Peer<Installed>> {
  try {
    return { available: true, ...(await install()) }
  } catch (error) {
    const output = `${(error as { stderr?: string }).stderr ?? ''}${error}`
    if (UNREACHABLE.test(output)) return { available: false, why: `${registry} cannot be reached` }
    throw error
  }
}

/** Runs an installer. Its output is part of the error when it fails. */
export async function runInstaller(program: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(program, args, {
    timeout: INSTALL_TIMEOUT_MS,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  })
  return stdout.trim()
}

/** The title of a peer's suite; a skipped one says why, so that the list of skipped tests does. */
export function peerTitle(name: string, peer: Peer<unknown>): string {
  return peer.available ? name : `${name} (${peer.why})`
}
