import { Console } from 'node:console'

type Write = (chunk: string | Uint8Array, ...rest: unknown[]) => boolean

/**
 * Masks secrets in all that the process writes to a stream, such as standard error, which Terraform takes into its log: what an
 * author prints with `console.log` as well as what a library prints.
 */
export function maskOutput(mask: (text: string) => string, stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as Write
  const masked: Write = (chunk, ...rest) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    const safe = mask(text)
    return write(safe === text ? chunk : safe, ...rest)
  }
  stream.write = masked as typeof stream.write
  // The console of Bun writes by itself, past both streams.
  if ('bun' in process.versions) globalThis.console = new Console(process.stdout, process.stderr)
}
