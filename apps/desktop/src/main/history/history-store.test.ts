import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../shared/model.ts'
import { HistoryStore } from './history-store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'history-'))
  path = join(folder, 'deep', 'history.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const entry = (domain: string, day: number, to: HistoryEntry['to'] = 'ready'): HistoryEntry => ({
  at: `2026-01-${String(day).padStart(2, '0')}T00:00:00.000Z`,
  domain,
  from: null,
  to,
})

function open<T>(use: (store: HistoryStore) => T, limits?: ConstructorParameters<typeof HistoryStore>[1]): T {
  const store = new HistoryStore(path, limits)
  try {
    return use(store)
  } finally {
    store.close()
  }
}

describe('HistoryStore', () => {
  it('keeps entries over a restart, oldest first', () => {
    open((store) => store.append([entry('a', 1), entry('b', 1), entry('a', 2, 'attention')]))
    expect(open((store) => store.of('a'))).toEqual([entry('a', 1), entry('a', 2, 'attention')])
    expect(open((store) => store.lastStates().get('a')?.to)).toBe('attention')
  })

  it('drops a line cut short by a crash and goes on behind the last whole one', () => {
    open((store) => store.append([entry('a', 1)]))
    appendFileSync(path, '{"at":"2026-01-02T00:0')
    open((store) => store.append([entry('a', 3)]))
    expect(open((store) => store.of('a').map((line) => line.at))).toEqual([entry('a', 1).at, entry('a', 3).at])
  })

  it('skips a damaged line in the middle', () => {
    open((store) => store.append([entry('a', 1)]))
    appendFileSync(path, 'garbage\n{"at":1}\n')
    open((store) => store.append([entry('a', 2)]))
    expect(open((store) => store.of('a'))).toHaveLength(2)
  })

  it('rewrites itself when long, keeping the newest of each domain', () => {
    const limits = { perDomain: 2, lines: 5 }
    open((store) => store.append([1, 2, 3, 4, 5].map((day) => entry('a', day))), limits)
    open((store) => store.append([entry('b', 1)]), limits)
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(3)
    expect(open((store) => store.of('a').map((line) => line.at))).toEqual([entry('a', 4).at, entry('a', 5).at])
    open((store) => store.append([entry('b', 2)]), limits)
    expect(open((store) => store.of('b'))).toHaveLength(2)
  })

  it('does not rewrite itself at every line when what is kept is more than the limit', () => {
    const limits = { perDomain: 2, lines: 2 }
    open((store) => {
      store.append(['a', 'b', 'c'].map((domain) => entry(domain, 1)))
      const { ino } = statSync(path)
      store.append([entry('d', 1)])
      expect(statSync(path).ino).toBe(ino)
    }, limits)
  })

  it('loses nothing it reported as written when the process is killed', async () => {
    const child = spawn(
      process.execPath,
      ['--conditions=@dmarc-as-code/source', join(import.meta.dirname, '../../../test/append-for-ever.ts'), path],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    let reported = 0
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => {
        reported = Number(chunk.toString().trim().split('\n').at(-1))
        if (reported >= 20 && !child.killed) child.kill('SIGKILL')
      })
      child.on('close', () => resolve())
    })
    expect(reported).toBeGreaterThanOrEqual(20)
    expect(open((store) => store.of('a').length)).toBeGreaterThanOrEqual(reported)
  })
})
