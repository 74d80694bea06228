// Builds the release: one zip per platform with a compiled provider, as registries and filesystem mirrors want them, the
// manifest and SHA256SUMS, into dist/release. Bun and the runtimes that it compiles into the programs come from npm, what Linux
// archives carry besides from Debian (scripts/linux/runtime.mjs), the compressor too (scripts/deflate.mjs).
//   node scripts/package.mjs [linux_amd64 ...]
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSmall } from './deflate.mjs'
import { linuxRuntime } from './linux/runtime.mjs'
import { signAdHoc } from './macos-signature.mjs'
import { zip } from './zip.mjs'

const folder = join(dirname(fileURLToPath(import.meta.url)), '..')
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
const name = `terraform-provider-dmarcreport_${version}`

/** The platforms of a release, and what bun calls them. */
export const platforms = {
  linux_amd64: 'bun-linux-x64',
  linux_arm64: 'bun-linux-arm64',
  darwin_amd64: 'bun-darwin-x64',
  darwin_arm64: 'bun-darwin-arm64',
  windows_amd64: 'bun-windows-x64',
  windows_arm64: 'bun-windows-arm64',
}

const options = [
  'build',
  '--compile',
  '--minify',
  '--bytecode',
  // Only the chunk behind the handshake is read before it; the rest of the bytecode waits until it is imported.
  '--format=esm',
  '--splitting',
  '--conditions=@dmarc-as-code/source',
  // The ES modules of the AWS SDK, of which only what is used is compiled in: 0.2 MiB less in each archive.
  '--conditions=module',
  // Terraform starts the provider in the user's folder, whose files are not the provider's: else a `.env` there would set
  // its token, and a `bunfig.toml` could run any code in it.
  '--no-compile-autoload-dotenv',
  '--no-compile-autoload-bunfig',
  // A process of seconds: what the later compilers would make of the code never pays for their memory.
  '--compile-jit-policy=8',
]

/** Compiles the provider, or another `entry`, for one platform; answers the program's bytes. */
export function compile(platform, entry = join(folder, 'src/main.ts')) {
  const work = mkdtempSync(join(tmpdir(), 'provider-build-'))
  try {
    const program = join(work, platform.startsWith('windows') ? 'provider.exe' : 'provider')
    execFileSync('bun', [...options, `--target=${platforms[platform]}`, `--outfile=${program}`, entry], {
      cwd: work,
      stdio: ['ignore', 'ignore', 'inherit'],
      shell: process.platform === 'win32',
    })
    const bytes = readFileSync(program)
    return platform === 'darwin_amd64' ? signAdHoc(bytes, 'terraform-provider-dmarcreport') : bytes
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The zip of one platform, with the execute bit Terraform relies on. */
export function packageFor(platform, { deflate = deflateSmall } = {}) {
  const file = `terraform-provider-dmarcreport_v${version}${platform.startsWith('windows') ? '.exe' : ''}`
  const license = { name: 'LICENSE', data: readFileSync(join(folder, '../../LICENSE')) }
  const files = [...programs(platform, file), license]
  return { name: `${name}_${platform}.zip`, data: zip(files, { deflate }) }
}

/** The provider under the name that Terraform starts. On Linux that is a launcher, which finds the provider a C library. */
function programs(platform, file) {
  const provider = { data: compile(platform), executable: true }
  if (!platform.startsWith('linux')) return [{ name: file, ...provider }]
  const { launcher, files } = linuxRuntime(platform)
  return [{ name: file, data: launcher, executable: true }, { name: 'glibc/provider', ...provider }, ...files]
}

/** What a registry wants to know of a release: the protocol. */
export const manifest = {
  name: `${name}_manifest.json`,
  data: Buffer.from(`${JSON.stringify({ version: 1, metadata: { protocol_versions: ['6.0'] } }, null, 2)}\n`),
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(platforms)
  const unknown = wanted.find((platform) => !Object.hasOwn(platforms, platform))
  if (unknown) {
    console.error(`There is no platform ${unknown}; there are ${Object.keys(platforms).join(', ')}.`)
    process.exit(2)
  }
  const release = join(folder, 'dist/release')
  await mkdir(release, { recursive: true })
  const sums = []
  for (const file of [manifest, ...wanted.map((platform) => () => packageFor(platform))]) {
    const { name, data } = typeof file === 'function' ? file() : file
    await writeFile(join(release, name), data)
    sums.push(`${createHash('sha256').update(data).digest('hex')}  ${name}`)
    console.log(`${name}  ${(data.length / 2 ** 20).toFixed(1)} MiB`)
  }
  await writeFile(join(release, `${name}_SHA256SUMS`), `${sums.join('\n')}\n`)
}
