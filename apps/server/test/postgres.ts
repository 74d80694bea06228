import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

const home = '/usr/lib/postgresql'

/** Debian keeps PostgreSQL's own programs outside PATH, in a folder for each version. */
function binFolder(): string | undefined {
  if (!existsSync(home)) return undefined
  const folders = readdirSync(home).sort((a, b) => Number(b) - Number(a))
  return folders.map((version) => join(home, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')))
}

export const hasPostgres = (): boolean => binFolder() !== undefined

export interface Postgres {
  /** Creates an empty database. Answers its address for `openStore`. */
  createDatabase: () => Promise<string>
  stop: () => void
}

/** A PostgreSQL of its own, on a Unix socket in a temporary folder only, without syncing to disk. */
export async function startPostgres(): Promise<Postgres> {
  const bin = binFolder()
  if (!bin) throw new Error('PostgreSQL is not installed (Debian package postgresql)')
  const folder = mkdtempSync(join(tmpdir(), 'dmarc-pg-'))
  const asRoot = process.getuid?.() === 0
  // initdb refuses root.
  const run = (program: string, ...args: string[]) => {
    const command = [join(bin, program), ...args]
    const [first = '', ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    execFileSync(first, rest, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 })
  }
  if (asRoot) {
    const uid = Number(execFileSync('id', ['-u', 'postgres'], { encoding: 'utf8' }))
    chownSync(folder, uid, -1)
  }
  chmodSync(folder, 0o700)
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-A', 'trust', '-U', 'dev', '--no-sync', '-E', 'UTF8', '--locale=C')
  const settings = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`
  run('pg_ctl', '-D', data, '-l', join(folder, 'log'), '-w', '-o', settings, 'start')
  const address = (database: string) => `postgres://dev@/${database}?host=${encodeURIComponent(folder)}`
  let count = 0
  return {
    async createDatabase() {
      const name = `test${++count}`
      const client = new pg.Client({ connectionString: address('postgres') })
      await client.connect()
      await client.query(`create database ${name}`)
      await client.end()
      return address(name)
    },
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', '-w', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
