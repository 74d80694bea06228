// The start of every plugin, as HashiCorp's go-plugin defines it: Terraform passes a cookie and its certificate in the
// environment, and the plugin answers with one line on standard output.

const COOKIE = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2'

export interface Invitation {
  /** Terraform's certificate (PEM). Without one the connection is not encrypted, as reattached providers expect. */
  readonly clientCertificate: string | undefined
  /** Ports to choose from where unix sockets are not used. */
  readonly minPort: number
  readonly maxPort: number
}

/** Reads what Terraform passed. Throws an error to be shown to a person who started the plugin by hand. */
export function readInvitation(environment: NodeJS.ProcessEnv): Invitation {
  if (environment.TF_PLUGIN_MAGIC_COOKIE !== COOKIE) {
    throw new Error(
      'This program is a Terraform provider. It is started by Terraform or OpenTofu, not by hand. ' +
        'Name it in a configuration and run `terraform init` there.',
    )
  }
  const offered = (environment.PLUGIN_PROTOCOL_VERSIONS ?? '6').split(',')
  if (!offered.includes('6')) {
    throw new Error(
      `Terraform offers plugin protocol ${offered.join(' and ')}, but this provider speaks protocol 6. ` +
        'Use Terraform 1.8 or OpenTofu 1.7, or a later release.',
    )
  }
  return {
    clientCertificate: environment.PLUGIN_CLIENT_CERT || undefined,
    minPort: port(environment.PLUGIN_MIN_PORT, 10_000),
    maxPort: port(environment.PLUGIN_MAX_PORT, 25_000),
  }
}

export type Address =
  | { readonly network: 'unix'; readonly path: string }
  | { readonly network: 'tcp'; readonly port: number }

/** The line Terraform waits for. go-plugin decodes the certificate as base64 without padding. */
export function handshakeLine(address: Address, certificate: Buffer | undefined): string {
  const where = address.network === 'unix' ? `unix|${address.path}` : `tcp|127.0.0.1:${address.port}`
  return `1|6|${where}|grpc|${certificate?.toString('base64').replace(/=+$/, '') ?? ''}\n`
}

function port(text: string | undefined, fallback: number): number {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : fallback
}
