import { DnsText } from './dns-text.tsx'

/** A message whose quotations stand in backticks, as those of `records` and `dns` do. They become code; the backticks go. */
export function Message({ text }: { text: string }) {
  // With one group, every second part is a quotation.
  return text.split(/`([^`]+)`/).map((part, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
    return index % 2 === 1 ? <code key={index}>{part}</code> : <DnsText key={index} text={part} />
  })
}
