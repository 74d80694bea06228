// node time-starts.mjs ROUNDS: reads {"name": [program, ...args]} from standard input, starts each in turn as Terraform does, and
// prints {"name": [milliseconds from spawning it until its first line]}. A process of its own, as small as can be: starting a
// program copies its parent's page tables, and those of a benchmark that has built the provider cost more than the start.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A certificate such as Terraform hands to a plugin; only its form counts here. */
const clientCertificate = `-----BEGIN CERTIFICATE-----
MIIBgDCCASWgAwIBAgIUPQyoQFTgnJSYGNmO4IPhEcHCVmYwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAyMzM1NVoYDzIxMjYxMDMw
MDIzMzU1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASocPAQ6q0LRpvb2PHsZmKXpIrksbYVRIkdmnx01AJ5RR8C326301ko
bXvsaloWG6sTksCgP+Ixk6H8rqSZbVKso1MwUTAdBgNVHQ4EFgQUaK/EiDP+iivf
oWT1UKYRKA0lHi8wHwYDVR0jBBgwFoAUaK/EiDP+iivfoWT1UKYRKA0lHi8wDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA0uvnUC/RF5RPbMvgbpTB
5opX/BGlJ8xvXBoaJHLGcSkCIQCX8Ru4MuQYG+ZjSvsAv/al0b62zCU57bclqHkl
9k52GA==
-----END CERTIFICATE-----
`

const invitation = {
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_MIN_PORT: '10000',
  PLUGIN_MAX_PORT: '25000',
  PLUGIN_CLIENT_CERT: clientCertificate,
}

function millisecondsToFirstLine(program, args) {
  // A CA bundle is parsed at every start of Node and would be measured with it.
  const { NODE_EXTRA_CA_CERTS: _, NODE_OPTIONS: __, ...env } = process.env
  return new Promise((resolve, reject) => {
    const from = performance.now()
    const child = spawn(program, args, { env: { ...env, ...invitation }, stdio: ['ignore', 'pipe', 'ignore'] })
    let elapsed
    child.once('error', reject)
    child.stdout.once('data', () => {
      elapsed = performance.now() - from
      child.kill('SIGTERM')
    })
    child.once('close', () => {
      if (elapsed === undefined) reject(new Error(`${program} ended without a line`))
      else resolve(elapsed)
    })
  })
}

const programs = Object.entries(JSON.parse(readFileSync(0, 'utf8')))
const samples = Object.fromEntries(programs.map(([name]) => [name, []]))
for (let round = 0; round < Number(process.argv[2]); round++) {
  for (const [name, [program, ...args]] of programs) samples[name].push(await millisecondsToFirstLine(program, args))
}
console.log(JSON.stringify(samples))
