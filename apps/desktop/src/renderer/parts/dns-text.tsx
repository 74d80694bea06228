import { Fragment } from 'react'

/** Names of the DNS, alone or in a sentence. Too long for a line, they break after a dot; what is copied stays whole. */
export function DnsText({ text }: { text: string }) {
  return text.split(/(?<=\.)(?=\S)/).map((label, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the labels of one name never move
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {label}
    </Fragment>
  ))
}
