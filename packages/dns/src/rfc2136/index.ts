export * from './evaluate-update.ts'
export {
  classes,
  opcodes,
  type Rcode,
  rcodeName,
  rcodes,
  readMessage,
  type WireMessage,
  type WireQuestion,
  type WireRecord,
  writeMessage,
} from './message.ts'
export { canonicalName, decodeName, encodeName, isWithin, WireFormatError } from './name.ts'
export * from './tsig.ts'
export { typeName, typeNumber } from './types.ts'
export * from './update.ts'
