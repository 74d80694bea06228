import { DmarcReportClient } from '@dmarc-as-code/client'
import { createSandbox, type Sandbox } from '@dmarc-as-code/server/sandbox'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasSession, type LaunchedApp, launch } from './harness/app.ts'
import { NotificationServer } from './harness/notification-server.ts'
import { connect } from './harness/steps.ts'
import { patienceForLooks, until } from './harness/wait-until.ts'

const name = '_dmarc.example.test'

/** What is on screen causes no notification; in the settings no domain is. */
const lookAway = (page: Page) => page.getByRole('button', { name: 'Settings' }).click()

describe.skipIf(!hasSession)('a domain that was ready', () => {
  const notifications = new NotificationServer()
  let sandbox: Sandbox
  let app: LaunchedApp
  let target: string
  let looks = 0
  let minutes = 0
  beforeAll(async () => {
    sandbox = await createSandbox({ now: () => Date.now() + minutes * 60_000 })
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const reports = { rua_report: true, ruf_report: false }
    const { id } = await client.domains.create(sandbox.accountId, { address: 'example.test', ...reports })
    const hosted = await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    target = String(hosted.cname_records?.[0]?.value)
    point(target)
    sandbox.faults.add({
      fault: { kind: 'latency', milliseconds: 0 },
      matches: ({ path }) => {
        if (path.includes('verify')) looks++
        return false
      },
    })
    await notifications.start()
    app = await launch()
    await connect(await app.window(), sandbox)
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor()
    await lookAway(page)
  })
  afterAll(async () => {
    await app.dispose()
    notifications.stop()
    await sandbox.close()
  })

  const point = (value: string) =>
    sandbox.zone('example.test').setRrsets(name, [{ type: 'CNAME', ttl: 60, data: [value] }])
  const told = () => notifications.seen.map(({ summary }) => summary)
  const heard = (count: number) =>
    until(() => told().length === count, `${count} notifications were shown`, patienceForLooks)
  /** All well is looked at hourly; a person may ask for a look, at most every ten seconds. */
  const askForALook = async () => {
    const page = await app.window()
    const before = looks
    await page.getByRole('button', { name: 'Back' }).click()
    await page.getByRole('option', { name: /^example.test/ }).click()
    await until(async () => {
      await page.getByRole('button', { name: 'Verify now' }).click()
      return looks > before
    }, 'the service looks')
    await page.getByRole('button', { name: 'Back' }).click()
    await lookAway(page)
  }
  /** The service believes that a verified record is lost when two looks, minutes apart, say so. */
  const loseIt = async () => {
    await askForALook()
    minutes += 6
    await askForALook()
  }

  it('is notified once when it drifts, once when it is ready again, and once when it breaks', async () => {
    point('somebody.else.test')
    await loseIt()
    await heard(1)
    // Something to do is looked at every few seconds; more looks say nothing new.
    const before = looks
    await until(() => looks >= before + 2, 'the service looks twice more', patienceForLooks)
    expect(told()).toEqual(['example.test was changed'])
    expect(notifications.seen[0]?.body).toContain(name)

    point(target)
    await heard(2)
    sandbox.zone('example.test').setRrsets(name, [])
    await loseIt()
    await heard(3)
    expect(told()).toEqual(['example.test was changed', 'example.test is ready', 'example.test: action needed'])
  })

  it('is notified neither again after a restart, nor at all to a person who does not want it', async () => {
    await app.close()
    app = await launch({ userData: app.userData })
    const page = await app.window()
    await page.getByRole('option', { name: /^example.test/ }).waitFor()
    await lookAway(page)
    await page.getByText('Notifications', { exact: true }).click()
    await page.getByRole('button', { name: 'Back' }).click()
    point(target)
    await page.getByRole('option', { name: /^example.test *Ready/ }).waitFor({ timeout: patienceForLooks })
    expect(told()).toHaveLength(3)
  })
})

describe.skipIf(!hasSession)('many domains that change at once', () => {
  const notifications = new NotificationServer()
  const addresses = ['example.test', 'shop.test', 'agency.test', 'parked.test']
  let sandbox: Sandbox
  let app: LaunchedApp
  beforeAll(async () => {
    sandbox = await createSandbox()
    await notifications.start()
    app = await launch()
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    for (const address of addresses) {
      const { id } = await client.domains.create(sandbox.accountId, { address, rua_report: true, ruf_report: false })
      await client.domains.update(sandbox.accountId, id, { hosted_dmarc: true })
    }
    await connect(await app.window(), sandbox)
  })
  afterAll(async () => {
    await app.dispose()
    notifications.stop()
    await sandbox.close()
  })

  it('are in one notification', async () => {
    const page = await app.window()
    await page.getByRole('heading', { level: 1, name: '4 domains need action' }).waitFor()
    await lookAway(page)
    const client = new DmarcReportClient({ baseUrl: sandbox.apiUrl, token: sandbox.token })
    const domains = await client.domains.list().all()
    // A round that is under way would see some of them before and some after the change: only the next one verifies.
    let isChanged = false
    let isNextRound = false
    sandbox.faults.add({
      fault: { kind: 'status', status: 422 },
      matches: ({ path }) => {
        if (isChanged && path.endsWith('/domains.json')) isNextRound = true
        return path.includes('verify') && !isNextRound
      },
    })
    for (const { address, cname_records: cnames = [] } of domains) {
      for (const { name, value } of cnames)
        sandbox.zone(address).setRrsets(name, [{ type: 'CNAME', ttl: 60, data: [value] }])
    }
    isChanged = true
    await until(() => notifications.seen.length > 0, 'a notification is shown', patienceForLooks)
    expect(notifications.seen).toMatchObject([
      { summary: '4 domains changed', body: expect.stringContaining('Ready:') },
    ])
  })
})
