// @vitest-environment jsdom
import { compareDmarc, parseDmarc } from '@dmarc-as-code/records'
import { act, cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import '../../test/css-escape.ts'
import '../../test/page-globals.ts'
import { FakeBridge, state } from '../../test/fake-bridge.ts'
import { FakeReports } from '../../test/fake-reports.ts'
import { domain, record } from '../../test/fixtures.ts'
import type { AppState } from '../shared/contract/app-state.ts'
import type { Place } from '../shared/deep-link.ts'
import { setLanguage, t } from '../shared/messages/messages.ts'
import { App } from './app.tsx'
import { preloadParts } from './lazy-parts.ts'

beforeAll(() => preloadParts())
afterEach(() => {
  cleanup()
  setLanguage('en')
})

const hosted = 'v=DMARC1; p=none; rua=mailto:x@in.example'
const live = 'v=DMARC1; p=reject; rua=mailto:x@in.example'
const shown = domain('a.example', 'attention', {
  records: [
    record('a.example', 'attention', {
      short: 'Wrong target',
      advice: 'Replace it.',
      askedAt: new Date().toISOString(),
    }),
    { kind: 'tls_rpt', name: '_smtp._tls.a.example', state: 'unhosted', why: 'Hosting is off for this record.' },
  ],
  tags: [{ id: 1, name: 'x-tag', color: '#112233' }],
  reports: { aggregate: true, failure: false, tls: false },
  hostedMtaSts: true,
  mtaSts: { mode: 'testing', mx: ['mx.a.example'], days: 7 },
  dmarcRecord: hosted,
  defaultDmarcRecord: hosted,
  managedBy: 'x-place',
})
const full: AppState = state({
  language: 'pseudo',
  hasTray: false,
  tray: { state: 'well', count: 0, summary: '\u27e6summary\u27e7' },
  domains: [shown],
  connections: state().connections.map((connection) => ({ ...connection, title: 'x-home', extensions: ['reports'] })),
  accounts: [{ connectionId: 'c1', accountId: 1, title: 'x-main' }],
  credentials: [{ zone: 'a.example', method: 'rfc2136', serviceTitle: 'x-service', state: 'empty', details: [] }],
  activity: [
    {
      id: '1',
      at: new Date().toISOString(),
      kind: 'records-applied',
      domains: [{ key: shown.key, title: 'a.example' }],
      state: 'done',
      undoable: true,
      undoing: false,
      reason: 'x-reason',
    },
  ],
  job: {
    id: 'j',
    phase: 'confirm',
    undoable: false,
    domains: [
      {
        key: shown.key,
        title: 'a.example',
        zone: {
          zone: 'a.example',
          serviceTitle: 'x-service',
          credentials: 'stored',
          manual: false,
          hasDomainConnect: true,
        },
        dmarc: { live, hosted: compareDmarc({ own: parseDmarc(live) }, { own: parseDmarc(hosted) }) },
        items: [
          {
            id: 'i',
            kind: 'dmarc',
            name: '_dmarc.a.example',
            host: '_dmarc',
            target: 't.example',
            ttl: 300,
            action: 'conflict',
            existing: ['TXT x'],
            outcome: 'waiting',
          },
        ],
      },
    ],
  },
  update: { state: 'off', why: '\u27e6why\u27e7' },
})

const fake = new FakeReports('a.example')
const read = fake.view()
/** With names that are known to be data. */
const reports = {
  ...read,
  candidates: read.candidates.map((candidate) => ({ ...candidate, name: 'x-sender' })),
  failing: read.failing.map((source) => ({ ...source, name: 'x-source' })),
  problems: read.problems.map((problem) => ({ ...problem, from: 'x-reporter' })),
}

async function open(shownState: AppState) {
  setLanguage('pseudo')
  const fake = new FakeBridge({
    getState: () => ({ state: shownState, number: 0 }),
    getHistory: () => [
      { at: new Date().toISOString(), domain: shown.key, from: 'ready', to: 'attention', because: 'x' },
    ],
    getServiceHistory: () => [
      { at: '2026-03-01T08:00:00Z', kind: 'status', record: 'dmarc', state: 'ready', status: 'x-status' },
      { at: '2026-03-01T08:00:00Z', kind: 'change', action: 'updateDomain', settings: ['hosted_dmarc', 'x-setting'] },
    ],
    getReports: () => reports,
    getAlerts: () => [{ at: new Date().toISOString(), domain: shown.key, from: 'ready', to: 'attention' }],
    accessMethods: () => [],
  })
  render(<App bridge={fake.bridge} />)
  await act(async () => {})
  return {
    user: userEvent.setup(),
    go: async (place: Place) => act(async () => fake.send('place', place)),
  }
}

/** Data, technical words and names, which no language translates. */
const untranslated =
  /^([\s\d.,:;·()\u2191\u2193\u2190+?-]|_dmarc\.|a\.|example|corp-ca\.pem|etc|ssl|certs|x-[a-z]+|DMARC|DKIM|SPF|Watch|Report|CNAME|TXT|English|Deutsch|Terraform|CDKTF|TypeScript|Ctrl|Alt|Shift|Esc|Enter|F10|K|F|R|N|\/|mx|https|dmarc|example|com)*$/

/** Everything on screen that did not come through the catalogue. */
function outsideCatalogue(): string[] {
  const found: string[] = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement?.closest('time, .mono, pre, code, .policy')
    const text = node.textContent ?? ''
    if (!within && !/[\u27e6\u27e7]/.test(text) && !isPartOfMessage(node) && !untranslated.test(text)) found.push(text)
  }
  for (const element of document.querySelectorAll('[aria-label], [placeholder]')) {
    for (const name of ['aria-label', 'placeholder']) {
      const text = element.getAttribute(name) ?? ''
      if (text && !/[\u27e6\u27e7]/.test(text) && !untranslated.test(text)) found.push(`${name}: ${text}`)
    }
  }
  return found
}

/** A message with elements in its middle, or one that breaks after the dots of a name, is several texts. */
function isPartOfMessage(node: Node): boolean {
  const whole = node.parentElement?.textContent ?? ''
  return whole.includes('\u27e6') && whole.includes('\u27e7')
}

describe('every text comes from the catalogue', () => {
  it('of the first run', async () => {
    await open({ ...full, connections: [], accounts: [], domains: [] })
    expect(outsideCatalogue()).toEqual([])
  })

  it.each<Place>([{ page: 'overview' }, { page: 'settings' }, { page: 'add-domain' }, { page: 'apply' }])(
    'of the page $page',
    async (place) => {
      const { go } = await open(full)
      await go(place)
      expect(outsideCatalogue()).toEqual([])
    },
  )

  it('of the tabs of a domain', async () => {
    const { go, user } = await open(full)
    await go({ page: 'domain', address: 'a.example' })
    expect(outsideCatalogue()).toEqual([])
    for (const tab of ['Policy', 'Reports', 'Activity'] as const) {
      await user.click(screen.getByRole('tab', { name: t(tab) }))
      expect(outsideCatalogue(), tab).toEqual([])
    }
  })

  it('of the questions and forms of the policy', async () => {
    const { go, user } = await open(full)
    await go({ page: 'domain', address: 'a.example' })
    await user.click(screen.getByRole('tab', { name: t('Policy') }))
    for (const name of [t('Turn off\u2026'), t('Edit policy'), t('Delete\u2026')]) {
      await user.click(screen.getAllByRole('button', { name })[0] as HTMLElement)
      expect(outsideCatalogue(), name).toEqual([])
    }
  })

  it('of activity and shortcuts', async () => {
    const { user } = await open(full)
    await user.click(screen.getByRole('button', { name: t('Activity') }))
    expect(outsideCatalogue()).toEqual([])
    await user.keyboard('?')
    expect(outsideCatalogue()).toEqual([])
  })
})
