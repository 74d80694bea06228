import { Fragment, type ReactNode } from 'react'
import { type Message, translated } from '../../shared/messages/messages.ts'

/** A message with elements in its middle: `<T text="Checked {time}" time={<Time at={at} />} />`. */
export function T({ text, ...parts }: { text: Message } & Readonly<Record<string, ReactNode>>) {
  return translated(text)
    .split(/\{(\w+)\}/)
    .map((part, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <Fragment key={index}>{index % 2 === 1 ? parts[part] : part}</Fragment>
    ))
}
