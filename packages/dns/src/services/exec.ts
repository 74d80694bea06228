import type { ServiceEntry, SettingsOf } from './types.ts'

/** Any service, through a program of the user's that speaks the protocol of adapters/exec/protocol.ts. */
export const exec = {
  id: 'exec',
  label: 'Program',
  title: 'A program of your own',
  description:
    'Any other DNS service, through a program of your own that reads a JSON request on standard input and writes a JSON answer on standard output (see the README of `@dmarc-as-code/dns`).',
  credentialsHelp: 'The program finds its own credentials.',
  credentialsFallback: "the program's own credentials",
  fields: [
    {
      name: 'command',
      label: 'Command',
      type: 'list',
      required: true,
      env: ['DMARC_DNS_EXEC'],
      help: 'The program and its arguments, one text each; no shell reads them. In the environment they are separated by commas.',
      terraform: { in: 'both' },
    },
  ],
  // What is assumed of a program that does not say more of itself.
  abilities: {
    canWrite: true,
    canReplaceAtomically: false,
    canApplyAllAtomically: false,
    checksBeforeWriting: false,
    supportsTtl: true,
  },
  proof: 'stand-in',
} as const satisfies ServiceEntry

export type ExecConfig = SettingsOf<typeof exec>
