// SHA256SUMS.sig: the detached signature that registries ask for, made with gpg in a home folder of its own.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Signs a file with the key of the environment; refuses where there is none. Returns the path of the signature. */
export function sign(file, { env = process.env } = {}) {
  const { GPG_PRIVATE_KEY: key, GPG_PASSPHRASE: passphrase } = env
  if (!key) {
    throw new Error(
      'GPG_PRIVATE_KEY is not set. It holds the private key of the release in ASCII armor (gpg --armor --export-secret-keys); ' +
        'its passphrase is taken from GPG_PASSPHRASE. To try the release without a key: --dry-run.',
    )
  }
  return withGpg((gpg) => {
    gpg(['--import'], key)
    return signAndVerify(gpg, file, passphrase)
  })
}

/** Signs with a key that is made for this and thrown away: shows that everything works, and is no release. */
export function signThrowaway(file) {
  return withGpg((gpg) => {
    gpg(['--passphrase', '', '--quick-generate-key', 'Dry run <dry-run@invalid>', 'ed25519', 'sign', '1d'])
    return signAndVerify(gpg, file, '')
  })
}

function signAndVerify(gpg, file, passphrase) {
  const signature = `${file}.sig`
  const unlock = passphrase === undefined ? [] : ['--pinentry-mode', 'loopback', '--passphrase-fd', '0']
  gpg([...unlock, '--yes', '--output', signature, '--detach-sign', file], passphrase)
  gpg(['--verify', signature, file])
  return signature
}

function withGpg(work) {
  const home = mkdtempSync(join(tmpdir(), 'gpg-'))
  const gpg = (args, input = '') => {
    try {
      return execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', ...args], { input, stdio: 'pipe' })
    } catch (error) {
      // Never the input: it may be the key or its passphrase.
      const said = String(error.stderr ?? '').trim()
      throw new Error(error.code === 'ENOENT' ? 'gpg is not installed.' : `gpg failed: ${said || error.code}`)
    }
  }
  try {
    return work(gpg)
  } finally {
    // The agent that gpg has started for this home.
    try {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'], { stdio: 'ignore' })
    } catch {}
    rmSync(home, { recursive: true, force: true })
  }
}
