import type { AskedServer } from '@dmarc-as-code/dns/resolver'
import type { HideInternal } from '../network/internal-servers.ts'
import type { VerificationReport } from './verification-report.ts'

/** Characters kept of one text, and entries of one list, whose length the DNS of a customer decides. */
const longestText = 500
const longestExplanation = 2000
const mostFound = 20

/**
 * A report that is safe to store: what a customer's DNS answers, and texts that quote it, are cut. What is compared with the
 * next report (status, reason, what was expected) is left as it is. `hide` changes texts and the addresses that were asked.
 */
export function boundedReport(report: VerificationReport, hide: HideInternal = (text) => text): VerificationReport {
  const explanation = (text: string) => cut(hide(text), longestExplanation)
  const explained = ({ message, fix }: { message: string; fix: string }) => ({
    message: explanation(message),
    fix: explanation(fix),
  })
  const shown = (server: AskedServer) => ({ ...server, address: hide(server.address) })
  const cnames = mapValues(report.cnames, (verdict) => ({
    ...verdict,
    ...explained(verdict),
    ...(verdict.detail === undefined ? {} : { detail: explanation(verdict.detail) }),
    asked: verdict.asked.map(shown),
    found: few(verdict.found).map((record) => ({ ...record, value: cut(record.value, longestText) })),
  }))
  const txts = mapValues(report.txts, (verdict) => ({
    ...verdict,
    message: explanation(verdict.message),
    ...(verdict.detail === undefined ? {} : { detail: explanation(verdict.detail) }),
    asked: verdict.asked.map(shown),
    found: few(verdict.found).map((text) => cut(text, longestText)),
  }))
  const { policyFile } = report
  return {
    ...report,
    cnames,
    txts,
    ...(policyFile && {
      policyFile: {
        ...policyFile,
        ...explained(policyFile),
        ...(policyFile.detail === undefined ? {} : { detail: explanation(policyFile.detail) }),
        ...(policyFile.address === undefined ? {} : { address: hide(policyFile.address) }),
      },
    }),
  }
}

const few = <Item>(items: readonly Item[]): Item[] => items.slice(0, mostFound)

const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`

function mapValues<Key extends string, Value>(
  entries: Partial<Record<Key, Value>>,
  change: (value: Value) => Value,
): Partial<Record<Key, Value>> {
  return Object.fromEntries(
    Object.entries<Value | undefined>(entries).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, change(value)]],
    ),
  ) as Partial<Record<Key, Value>>
}
