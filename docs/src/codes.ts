import { findingCatalogue } from '@dmarc-as-code/records'
import {
  type ReasonActor,
  type ReasonContext,
  type ReasonSubject,
  reasonSubjects,
  reasonsOf,
  reasonText,
  statusCatalogue,
  statusesOf,
  statusText,
} from '@dmarc-as-code/records/reasons'

/** What each subject is about, for the heading and the first sentence of its page. */
const subjects: Readonly<Record<ReasonSubject, [title: string, about: string]>> = {
  cname: ['CNAMEs', 'Why a CNAME of a hosted record is not as it should be.'],
  txt: ['Published records', 'Why the TXT record behind a CNAME is not as it should be.'],
  policy_file: ['MTA-STS policy files', 'Why a policy file is not served as it should be.'],
  plan: ['Plans', 'What stands in the way of a planned record.'],
  effect: ['Effects on mail', 'What a change does to the mail of a domain.'],
  report_problem: ['Problems of reports', 'Why a report could not be read or counted.'],
  report_warning: ['Warnings of reports', 'What was repaired in a report, or looks odd in it.'],
  report_intake: ['Intake of reports', 'What became of a report that arrived.'],
  policy_blocker: ['Blockers of a DMARC policy', 'What keeps a DMARC policy from being tightened.'],
  mta_sts_blocker: ['Blockers of MTA-STS', 'What keeps an MTA-STS policy from mode `enforce`.'],
  failure_cause: ['Causes of failures', 'Why mail of a source fails DMARC, and what to do.'],
}

/** Stands for what is known only where a code appears. */
const placeholders: ReasonContext = {
  name: '*name*',
  target: '*target*',
  zone: '*zone*',
  nameServers: '*name servers*',
  holders: '*other servers*',
  before: '*before*',
  after: '*after*',
  domain: '*domain*',
}

const actors: Readonly<Record<ReasonActor, string>> = {
  owner: 'The owner of the domain',
  host: 'The host of the records',
  none: 'Nobody; it passes by itself',
}

/** The pages of all codes, by path without `.md`: one for each subject, one for statuses, one for findings. */
export function codePages(): Map<string, string> {
  const pages = new Map<string, string>()
  for (const subject of reasonSubjects) pages.set(`codes/${subject.replaceAll('_', '-')}`, reasonPage(subject))
  pages.set('codes/statuses', statusPage())
  pages.set('codes/findings', findingPage())
  pages.set('codes/index', indexPage())
  return pages
}

/** The codes of a page, with the title of the page: for the sidebar. */
export const codeTitles: readonly (readonly [path: string, title: string])[] = [
  ...reasonSubjects.map((subject) => [`codes/${subject.replaceAll('_', '-')}`, subjects[subject][0]] as const),
  ['codes/statuses', 'Statuses'],
  ['codes/findings', 'Findings in records'],
]

function reasonPage(subject: ReasonSubject): string {
  const [title, about] = subjects[subject]
  const sections = reasonsOf(subject).map((code) => {
    const words = reasonText(subject, code, placeholders)
    return words === undefined ? '' : section(code, words)
  })
  return `# ${title}\n\n${about}\n\n${sections.join('\n')}`
}

function statusPage(): string {
  const parts = (Object.keys(statusCatalogue) as (keyof typeof statusCatalogue)[]).map((subject) => {
    const sections = statusesOf(subject).map((code) => {
      const words = statusText(subject, code, placeholders)
      return words === undefined ? '' : section(code, words, '###', `${subject.replaceAll('_', '-')}-${code}`)
    })
    return `## ${subject === 'overall' ? 'A domain as a whole' : subjects[subject][0]}\n\n${sections.join('\n')}`
  })
  return `# Statuses\n\nThe words of a verification, and what each means.\n\n${parts.join('\n')}`
}

function findingPage(): string {
  const sections = Object.entries(findingCatalogue).map(
    ([code, { severity, meaning }]) =>
      `## ${code} {#${code}}\n\n${meaning}\n\n*${severity === 'error' ? 'Error: do not publish this.' : 'Warning: know this before you publish.'}*\n`,
  )
  return `# Findings in records\n\nWhat reading a DMARC, MTA-STS or TLS-RPT record can find. The tools name the code with each message.\n\n${sections.join('\n')}`
}

function indexPage(): string {
  const rows = codeTitles.map(([path, title]) => `- [${title}](/${path})`)
  return `# Codes\n\nEvery code that a tool of this project shows, with what it means and what to do. The same words stand in the API, the tray app, Terraform and \`dmarc-dns\`.\n\n${rows.join('\n')}\n`
}

function section(
  code: string,
  { title, explanation, fix, actor }: { title: string; explanation: string; fix: string; actor: ReasonActor },
  level = '##',
  anchor = code,
): string {
  const steps = fix === '' ? '' : `\n**What to do:** ${fix}\n`
  return `${level} ${code} {#${anchor}}\n\n**${title}.** ${explanation}\n${steps}\n*Who acts: ${actors[actor]}.*\n`
}
