import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/**
 * What BIND's validator makes of a name of a signed zone, with the zone's own keys as trust anchor: the comment lines and
 * records that `delv` prints, `; fully validated` or `; negative response, fully validated` first.
 */
export async function validate(
  port: number,
  zone: string,
  folder: string,
  name: string,
  type: string,
): Promise<string> {
  const at = ['@127.0.0.1', '-p', `${port}`]
  const { stdout } = await run('dig', [...at, '+short', '+tcp', zone, 'DNSKEY'])
  const keys = stdout
    .split('\n')
    .map((line) => /^(257) (\d+) (\d+) (.+)$/.exec(line))
    .filter((match) => match !== null)
  if (keys.length === 0) throw new Error(`${zone} has no key-signing key`)
  const anchors = keys.map(
    ([, flags, protocol, algorithm, key = '']) =>
      `  "${zone}." static-key ${flags} ${protocol} ${algorithm} "${key.replaceAll(' ', '')}";`,
  )
  // One for each question, as several are asked at once.
  const file = join(folder, `${name}.${type}.anchors`)
  await writeFile(file, `trust-anchors {\n${anchors.join('\n')}\n};\n`)
  const args = [...at, '-a', file, `+root=${zone}.`, '+tcp', name, type]
  const answer = await run('delv', args).catch((error: { stdout: string; stderr: string }) => error)
  return `${answer.stdout}${answer.stderr}`
}
