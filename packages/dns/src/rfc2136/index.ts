export {
  type AnyRcode,
  createSignedClient,
  type SignedAnswer,
  type SignedClient,
  SignedExchangeError,
} from './client.ts'
export * from './evaluate-update.ts'
export * from './tsig.ts'
export * from './update.ts'
