export {
  classes,
  DnsTypeError,
  type KnownType,
  opcodes,
  type Rcode,
  rcodeName,
  rcodes,
  tsigErrors,
  typeName,
  typeNumber,
  types,
} from './codes.ts'
export { NameCompressor } from './compressor.ts'
export { decodeMessage } from './decode.ts'
export { encodeQuery } from './encode.ts'
export { DnsFormatError, DnsNameError } from './errors.ts'
export {
  absoluteText,
  encodeLabels,
  type Labels,
  labelsWithin,
  nameKey,
  nameText,
  parseName,
  readLabels,
  wireLength,
} from './labels.ts'
export {
  headerFlags,
  headerLength,
  readMessage,
  recordTail,
  type WireMessage,
  type WireQuestion,
  type WireRecord,
  writeHeader,
  writeMessage,
} from './message.ts'
export {
  absoluteName,
  canonicalName,
  decodeName,
  encodeName,
  isWithin,
  nameProblem,
  parentName,
  sameName,
} from './names.ts'
export { comparableRdata, parseRdata, rdataText, soaRdata, stringsOf, targetOf, textRdata } from './rdata.ts'
export { recordsOfType } from './records.ts'
export type * from './types.ts'
