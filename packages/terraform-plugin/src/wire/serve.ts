import { rmSync, writeSync } from 'node:fs'
import { createSecureServer, createServer, type Http2SecureServer } from 'node:http2'
import type { Provider } from '../provider/provider.ts'
import { selfSignedCertificate } from './certificate.ts'
import { type Connection, GrpcError, Status, serveGrpc } from './grpc.ts'
import { type Address, handshakeLine, type Invitation, readInvitation } from './handshake.ts'
import { listen } from './listen.ts'
import { pluginService } from './plugin-services.ts'
import { http2Settings } from './settings.ts'

/** A provider, or a function that loads it: `() => import('./provider.ts')` with the provider as default export. */
export type ProviderSource = Provider | (() => Promise<Provider | { readonly default: Provider }>)

/** How long the process outlives a Terraform that went away without saying goodbye, and waits for one to come. */
const ORPHAN_GRACE_MS = 3_000
const FIRST_CONNECTION_MS = 60_000

/**
 * Runs a provider as Terraform's plugin process. Give it a function that imports the provider: Terraform starts several
 * processes in each run and waits for the handshake of each, so only what the handshake needs should load before it.
 */
export async function serve(source: ProviderSource): Promise<void> {
  // The first line on standard output must be the handshake, and nothing may follow it.
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  let invitation: Invitation
  try {
    invitation = readInvitation(process.env)
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`)
    process.exitCode = 1
    return
  }
  // Ctrl-C reaches the whole process group. Terraform decides what becomes of it and calls StopProvider.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => process.exit(143))
  const certificate = invitation.clientCertificate ? selfSignedCertificate() : undefined
  const server = certificate
    ? secureServer(certificate, invitation.clientCertificate as string)
    : createServer(http2Settings)
  let open = 0
  const exitIfAlone = (milliseconds: number) => setTimeout(() => open === 0 && process.exit(0), milliseconds)
  let provider: Promise<ConnectProvider> | undefined
  const load = () => {
    provider ??= loadProvider(source)
    return provider
  }
  serveGrpc(server, () => {
    open++
    const connection = lazyConnection(load)
    return {
      route: (path) => pluginService(path, () => setTimeout(() => process.exit(0), 5)) ?? connection.route(path),
      closed() {
        connection.closed?.()
        open--
        exitIfAlone(ORPHAN_GRACE_MS)
      },
    }
  })
  const address = await listen(server, invitation)
  process.on('exit', () => removeSocket(address))
  writeSync(1, handshakeLine(address, certificate?.der))
  exitIfAlone(FIRST_CONNECTION_MS)
  setImmediate(() => {
    void takeLittleMemory()
    load().catch((error) => process.stderr.write(`[ERROR] the provider failed to load: ${error?.stack}\n`))
  })
}

/**
 * V8 lets some 50 MB of garbage pile up before it cleans up in earnest, and every message of Terraform is garbage as soon as
 * it is answered. Asked to mind the size, it stays below 100 MB where it took up to 150, at the same speed. Done after the
 * handshake, so that nobody waits for it.
 */
async function takeLittleMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--optimize-for-size')
}

export type ConnectProvider = () => Connection

function secureServer(
  certificate: { certificatePem: string; privateKeyPem: string },
  clientCertificate: string,
): Http2SecureServer {
  return createSecureServer({
    ...http2Settings,
    cert: certificate.certificatePem,
    key: certificate.privateKeyPem,
    ca: [clientCertificate],
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  })
}

async function loadProvider(source: ProviderSource): Promise<ConnectProvider> {
  const [{ connectProvider }, loaded] = await Promise.all([
    import('../server/connection.ts'),
    typeof source === 'function' ? source() : source,
  ])
  const provider = 'default' in loaded ? loaded.default : loaded
  if (!('definition' in provider))
    throw new TypeError('serve: the loaded module has no provider as its default export.')
  return connectProvider(provider)
}

/** A connection whose provider may still be loading: its calls wait for it. */
function lazyConnection(load: () => Promise<ConnectProvider>): Connection {
  let ready: Promise<Connection> | undefined
  const connection = () => {
    ready ??= load().then((connect) => connect())
    return ready
  }
  return {
    route: (path) =>
      path.startsWith('/tfplugin6.Provider/')
        ? async (request, signal) => {
            const route = (await connection()).route(path)
            if (typeof route !== 'function') throw new GrpcError(Status.UNIMPLEMENTED, `unknown method ${path}`)
            return route(request, signal)
          }
        : undefined,
    closed: () =>
      void ready?.then(
        (open) => open.closed?.(),
        () => {},
      ),
  }
}

function removeSocket(address: Address): void {
  if (address.network === 'unix') rmSync(address.path, { force: true })
}
