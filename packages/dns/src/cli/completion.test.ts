import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hasPrograms } from '../../../../test-support/programs.ts'
import { help, parseArguments } from './arguments.ts'
import { type Io, runCli } from './main.ts'
import { commands, options, optionsOf } from './options.ts'

const run = promisify(execFile)

async function script(...names: string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const io = { out: (text: string) => (out += text), err() {}, signal: new AbortController().signal } as unknown as Io
  return { code: await runCli(['completion', ...names], io, '1.2.3'), out }
}

/** A file with a shell's script, followed by commands. */
async function program(shell: string, commands: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'completion-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, `_dmarc-dns.${shell}`)
  writeFileSync(path, `${(await script(shell)).out}\n${commands}\n`)
  return path
}

describe('the table of options', () => {
  it('is what the help shows', () => {
    const shown = new Set([...help.matchAll(/(?<![\w-])--([a-z][a-z-]*)/g)].map(([, name]) => name))
    expect([...shown].sort()).toEqual(Object.keys(options).sort())
    for (const command of commands) expect(help).toContain(`dmarc-dns ${command} `)
  })

  it('is what the command line takes', () => {
    for (const command of commands) {
      for (const { name, option } of optionsOf(command)) {
        if (name === 'help' || name === 'version') continue
        const value = name === 'allow-weaker' ? ['a reason'] : option.type === 'string' ? [firstOf(option.value)] : []
        expect(parseArguments([command, `--${name}`, ...value])).toMatchObject({ command })
      }
    }
  })
})

const firstOf = (value: unknown) => (Array.isArray(value) ? String(value[0]) : '1')

describe('completion', () => {
  it('needs one shell that it knows', async () => {
    for (const names of [[], ['csh'], ['bash', 'zsh']]) expect((await script(...names)).code).toBe(64)
  })

  it.skipIf(!hasPrograms('bash'))('completes commands, their options and their values in bash', async () => {
    const complete = async (...words: string[]) => {
      const line = words.map((word) => `'${word}'`).join(' ')
      const commands = `COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; _dmarc_dns; printf '%s\\n' "\${COMPREPLY[@]}"`
      return (await run('bash', [await program('bash', commands)])).stdout.trim().split('\n')
    }
    expect(await complete('dmarc-dns', 'un')).toEqual(['undo'])
    expect(await complete('dmarc-dns', 'undo', '--na')).toEqual(['--name'])
    expect(await complete('dmarc-dns', 'check', '--na')).toEqual([''])
    expect(await complete('dmarc-dns', 'apply', '--conflict', '')).toEqual(['fail', 'adopt', 'replace'])
    expect(await complete('dmarc-dns', 'plan', '--dns', 'pork')).toEqual(['porkbun'])
    expect(await complete('dmarc-dns', 'completion', 'z')).toEqual(['zsh'])
  })

  it.skipIf(!hasPrograms('zsh'))('is a completion function that zsh loads', async () => {
    const setUp = 'autoload -Uz compinit; compinit -u -D; '
    const path = await program('zsh', 'print -r -- $_comps[dmarc-dns]')
    const { stdout } = await run('zsh', ['-f', '-c', `${setUp} source ${path}`])
    expect(stdout.trim()).toBe('_dmarc_dns')
  })

  it.skipIf(!hasPrograms('fish'))('completes commands, their options and their values in fish', async () => {
    const complete = async (line: string) => {
      const path = await program('fish', `complete -C '${line}'`)
      return (await run('fish', ['--no-config', path])).stdout
        .trim()
        .split('\n')
        .map((each) => each.split('\t')[0])
    }
    expect(await complete('dmarc-dns un')).toEqual(['undo'])
    expect(await complete('dmarc-dns undo --na')).toEqual(['--name'])
    expect(await complete('dmarc-dns apply --conflict ')).toEqual(['adopt', 'fail', 'replace'])
    expect(await complete('dmarc-dns completion z')).toEqual(['zsh'])
  })
})
