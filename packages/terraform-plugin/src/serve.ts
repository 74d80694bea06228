import { writeSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import type { Provider } from './provider/provider.ts'
import { selfSignedCertificate } from './wire/certificate.ts'
import { type Connection, serveGrpc } from './wire/grpc.ts'
import { GrpcError, Status } from './wire/grpc-status.ts'
import { handshakeLine, type Invitation, readInvitation } from './wire/handshake.ts'
import type { MutualTls } from './wire/http2-server.ts'
import { listen, removeSocket } from './wire/listen.ts'
import { pluginService } from './wire/plugin-services.ts'

/** A provider, or a function that loads it: `() => import('./provider.ts')` with the provider as default export. */
export type ProviderSource = Provider | (() => Promise<Provider | { readonly default: Provider }>)

export interface ServeOptions {
  /**
   * Runs the provider for a debugger: prints `TF_REATTACH_PROVIDERS`, by which Terraform attaches to this process, and runs
   * until Ctrl-C. `address` is the provider's source address with its host, such as `registry.terraform.io/example/notes`.
   */
  readonly debug?: { readonly address: string } | false | undefined
}

/** How long the process outlives a Terraform that went away without saying goodbye, and waits for one to come. */
const ORPHAN_GRACE_MS = 3_000
const FIRST_CONNECTION_MS = 60_000

/**
 * Runs a provider as Terraform's plugin process. Give it a function that imports the provider: Terraform starts several
 * processes in each run and waits for the handshake of each, so only what the handshake needs should load before it.
 */
export async function serve(source: ProviderSource, { debug }: ServeOptions = {}): Promise<void> {
  const connections = new Set<Connection>()
  // Also those of connections that are gone: what they told may still be printed.
  const masks: ((text: string) => string)[] = []
  const mask = (text: string) => masks.reduce((masked, one) => one(masked), text)
  const calls = new OpenCalls()
  /** A connection that is known until it is closed, with its calls counted. */
  const track = (connection: Connection): Connection => {
    connections.add(connection)
    masks.push((text) => connection.mask?.(text) ?? text)
    return {
      ...connection,
      route(path) {
        const route = connection.route(path)
        if (typeof route !== 'function') return route
        return (request, abort, whenSent) => {
          whenSent?.(calls.begin())
          return route(request, abort)
        }
      },
      closed() {
        connection.closed?.()
        connections.delete(connection)
      },
    }
  }
  if (debug) {
    const { serveDebug } = await import('./serve-debug.ts')
    const connect = await loadProvider(source)
    await serveDebug(() => track(connect()), debug.address, mask)
    return endAfterCrash(calls, connections)
  }
  // The first line on standard output must be the handshake, and nothing may follow it.
  // Replaced and not patched: making the real stream takes milliseconds.
  Object.defineProperty(process, 'stdout', { configurable: true, get: () => process.stderr })
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
  const tls = invitation.clientCertificate
    ? { certificate: selfSignedCertificate(), clientCertificate: invitation.clientCertificate }
    : undefined
  const exitIfAlone = (milliseconds: number) =>
    setTimeout(() => connections.size === 0 && process.exit(0), milliseconds)
  let provider: Promise<ConnectProvider> | undefined
  const load = () => {
    provider ??= loadProvider(source)
    return provider
  }
  const exitSoon = () => setTimeout(() => process.exit(0), 5)
  endAfterCrash(calls, connections)
  const connect = (): Connection => {
    const connection = track(lazyConnection(load))
    return {
      route: (path) => pluginService(path, { before: connection.shutdown, after: exitSoon }) ?? connection.route(path),
      closed() {
        connection.closed?.()
        exitIfAlone(ORPHAN_GRACE_MS)
      },
    }
  }
  const address = await listen(
    receiver(() => grpcServer(tls, connect)),
    invitation,
  )
  process.on('exit', () => removeSocket(address))
  writeSync(1, handshakeLine(address, tls?.certificate.der))
  exitIfAlone(FIRST_CONNECTION_MS)
  setImmediate(() => {
    void takeLittleMemory()
    void import('./serve-output.ts').then(({ maskOutput }) => maskOutput(mask, process.stderr))
    load().catch((error) => process.stderr.write(`[ERROR] the provider failed to load: ${error?.stack}\n`))
  })
}

/**
 * Every message of Terraform is garbage as soon as it is answered, and V8 would let tens of megabytes of it pile up. Kept at
 * its first size, the space for new objects is swept often, which costs next to nothing as hardly any survive. The last of
 * the compilers takes megabytes for code that a process of seconds hardly runs. Together a third less memory, in no more time
 * than with V8's own ideas. Done after the handshake, so that nobody waits for it.
 */
async function takeLittleMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--no-turbofan')
}

/** Ends the process in good order after an error that nothing waits for. */
function endAfterCrash(calls: OpenCalls, connections: ReadonlySet<Connection>): void {
  let crashed = false
  const onCrash = async (error: unknown) => {
    const { crash, crashAgain } = await import('./serve-crash.ts')
    if (crashed) return crashAgain(error, connections)
    crashed = true
    await crash(error, { connections, idle: (limit) => calls.idle(limit), end: (code) => process.exit(code) })
  }
  process.on('uncaughtException', onCrash)
  process.on('unhandledRejection', onCrash)
}

/** The calls that are not answered yet. */
class OpenCalls {
  #open = 0
  readonly #waiting = new Set<() => void>()

  /** Returns what to call when the answer has left. */
  begin(): () => void {
    this.#open++
    return () => {
      this.#open--
      if (this.#open === 0) for (const wake of this.#waiting) wake()
    }
  }

  /** Whether every call is answered within so many milliseconds. */
  async idle(milliseconds: number): Promise<boolean> {
    if (this.#open === 0) return true
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.add(resolve)
    const timer = setTimeout(resolve, milliseconds)
    await promise
    clearTimeout(timer)
    this.#waiting.delete(resolve)
    return this.#open === 0
  }
}

export type ConnectProvider = () => Connection

/**
 * Takes connections at once and hands them on to a server that is made after the handshake: HTTP/2 and TLS take longer to
 * load than all that comes before Terraform reads our line, and load while it dials.
 */
function receiver(makeServer: () => Promise<Server>): Server {
  let server: Promise<Server> | undefined
  const receive = () => {
    server ??= makeServer()
    return server
  }
  const door = createServer({ pauseOnConnect: true }, (socket) => {
    // A caller that gives up before the server is there.
    socket.on('error', () => {})
    void receive().then((ready) => {
      ready.emit('connection', socket)
      // TLS starts to read by itself, HTTP/2 alone expects a socket that reads already.
      if (socket.isPaused()) socket.resume()
    })
  })
  door.once('listening', () => setImmediate(receive))
  return door
}

async function grpcServer(tls: MutualTls | undefined, connect: () => Connection): Promise<Server> {
  const { http2Server } = await import('./wire/http2-server.ts')
  const server = http2Server(tls)
  serveGrpc(server, connect)
  return server
}

async function loadProvider(source: ProviderSource): Promise<ConnectProvider> {
  const [{ connectProvider }, loaded] = await Promise.all([
    import('./server/connection.ts'),
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
  let open: Connection | undefined
  const connection = () => {
    ready ??= load().then((connect) => {
      open = connect()
      return open
    })
    return ready
  }
  return {
    route: (path) =>
      path.startsWith('/tfplugin6.Provider/')
        ? async (request, abort) => {
            const route = (await connection()).route(path)
            if (typeof route !== 'function') throw new GrpcError(Status.UNIMPLEMENTED, `unknown method ${path}`)
            return route(request, abort)
          }
        : undefined,
    shutdown: async () => (await ready)?.shutdown?.(),
    // Before the provider is loaded there is nothing to end and no secret to hide.
    crashed: (error) => open?.crashed?.(error),
    mask: (text) => open?.mask?.(text) ?? text,
    closed: () =>
      void ready?.then(
        (connected) => connected.closed?.(),
        () => {},
      ),
  }
}
