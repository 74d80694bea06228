/** Something that was looked up: known, be it that there is nothing, or not known, with the reason as a sentence. */
export type Found<Value> = { known: true; value: Value } | { known: false; message: string }

export const found = <Value>(value: Value): Found<Value> => ({ known: true, value })
export const notKnown = (message: string): { known: false; message: string } => ({ known: false, message })
