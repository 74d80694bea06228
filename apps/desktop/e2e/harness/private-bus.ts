import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import dbus from 'dbus-next'
import { until } from './wait-until.ts'

/** What the keyring daemon reads from its input is the password, line end and all. */
const password = '\n'
const login = '/org/freedesktop/secrets/collection/login'

/**
 * A session bus that starts nothing by itself: whoever asks for the keyring while a test restarts it would have the bus
 * start another one, with other secrets, in its place.
 */
const busConfig = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

/** A session bus with a keyring of its own, which a test may lock without harm to the others. */
export class PrivateBus {
  readonly #data = mkdtempSync(join(tmpdir(), 'keyring-'))
  #bus: ChildProcess | undefined
  #keyring: ChildProcess | undefined
  #address = ''

  async start(): Promise<void> {
    const config = join(this.#data, 'bus.conf')
    writeFileSync(config, busConfig)
    this.#bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = (await once(this.#bus.stdout as NodeJS.EventEmitter, 'data')) as [Buffer]
    this.#address = line.toString().trim()
    await this.startKeyring()
  }

  get env(): Record<string, string> {
    return { DBUS_SESSION_BUS_ADDRESS: this.#address, XDG_DATA_HOME: this.#data }
  }

  run(command: string, args: readonly string[], input = ''): string {
    const { stdout, stderr, status } = spawnSync(command, args, {
      env: { ...process.env, ...this.env },
      input,
      encoding: 'utf8',
      timeout: 20_000,
    })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}: ${stderr}`)
    return stdout
  }

  lock(): void {
    const object = ['--object-path', '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock']
    this.run('gdbus', ['call', '--session', '--dest', 'org.freedesktop.secrets', ...object, `['${login}']`])
  }

  /** Opens the keyring as the system's own dialog does once the person has typed the password. */
  async unlock(): Promise<void> {
    const bus = dbus.sessionBus({ busAddress: this.#address })
    const to = { destination: 'org.freedesktop.secrets', path: '/org/freedesktop/secrets' }
    try {
      const opened = await bus.call(
        new dbus.Message({
          ...to,
          interface: 'org.freedesktop.Secret.Service',
          member: 'OpenSession',
          signature: 'sv',
          body: ['plain', new dbus.Variant('s', '')],
        }),
      )
      const secret = [opened?.body[1], Buffer.alloc(0), Buffer.from(password), 'text/plain']
      await bus.call(
        new dbus.Message({
          ...to,
          interface: 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface',
          member: 'UnlockWithMasterPassword',
          signature: 'o(oayays)',
          body: [login, secret],
        }),
      )
    } finally {
      bus.disconnect()
    }
  }

  async stop(): Promise<void> {
    await this.stopKeyring()
    this.#bus?.kill()
    rmSync(this.#data, { recursive: true, force: true })
  }

  async startKeyring(): Promise<void> {
    this.#keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
      env: { ...process.env, ...this.env },
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    this.#keyring.stdin?.end(password)
    await until(() => {
      const { status } = spawnSync('gdbus', ['wait', '--session', '--timeout', '1', 'org.freedesktop.secrets'], {
        env: { ...process.env, ...this.env },
      })
      return status === 0
    }, 'the keyring is up')
  }

  /** It stays, and answers nothing: as while its dialog waits for the person. */
  freeze(): void {
    this.#keyring?.kill('SIGSTOP')
  }

  thaw(): void {
    this.#keyring?.kill('SIGCONT')
  }

  async stopKeyring(): Promise<void> {
    if (!this.#keyring || this.#keyring.exitCode !== null) return
    const ended = once(this.#keyring, 'exit')
    this.#keyring.kill()
    await ended
  }
}
