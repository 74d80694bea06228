// SHA256SUMS.sig: the detached signature that registries ask for, made with gpg in a home folder of its own.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
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
  return withGpg((gpg, home) => {
    gpg(['--import'], key)
    refuseEllipticCurves(gpg)
    const made = signAndVerify(gpg, home, file, passphrase)
    // Only what was verified takes the place of an earlier one.
    copyFileSync(made, `${file}.sig`)
    return `${file}.sig`
  })
}

/** Signs with a key that is made for this and thrown away: shows that everything works, and is no release. */
export function signThrowaway(file) {
  withGpg((gpg, home) => {
    gpg(['--passphrase', '', '--quick-generate-key', 'Dry run <dry-run@invalid>', 'rsa3072', 'sign', '1d'])
    refuseEllipticCurves(gpg)
    signAndVerify(gpg, home, file, '')
  })
}

/** RSA and DSA, in the numbers of OpenPGP. */
const TAKEN = ['1', '17']

/** The Terraform Registry takes keys of RSA and DSA only, and says so after the release. */
function refuseEllipticCurves(gpg) {
  const keys = String(gpg(['--list-secret-keys', '--with-colons']))
    .split('\n')
    .map((line) => line.split(':'))
  const other = keys.find(([kind, , , algorithm]) => /^s(ec|sb)$/.test(kind) && !TAKEN.includes(algorithm))
  if (other)
    throw new Error('The key in GPG_PRIVATE_KEY is neither RSA nor DSA, and the Terraform Registry takes no other.')
}

function signAndVerify(gpg, home, file, passphrase) {
  const signature = join(home, 'made.sig')
  const unlock = passphrase === undefined ? [] : ['--pinentry-mode', 'loopback', '--passphrase-fd', '0']
  gpg([...unlock, '--output', signature, '--detach-sign', file], passphrase)
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
    return work(gpg, home)
  } finally {
    // The agent that gpg has started for this home.
    try {
      execFileSync('gpgconf', ['--homedir', home, '--kill', 'all'], { stdio: 'ignore' })
    } catch {}
    rmSync(home, { recursive: true, force: true })
  }
}
