import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import type { LaunchedApp } from './app.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong on a page in one theme, one line each. */
export async function accessibilityViolations(
  app: LaunchedApp,
  page: Page,
  theme: 'light' | 'dark',
): Promise<string[]> {
  await app.electron.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source
  }, theme)
  // Into the page by the debugger, which the content policy does not concern.
  const session = await page.context().newCDPSession(page)
  const evaluate = async (expression: string) => {
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as unknown
  }
  await evaluate(axe)
  // Colours on their way from one theme to the other are neither's.
  await evaluate(
    'Promise.allSettled(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished))',
  )
  // React Aria keeps what it announced for some seconds, longer than the buttons that the announcements name.
  const parts = '{ include: [["html"]], exclude: [["[data-live-announcer]"]] }'
  const { violations } = (await evaluate(`axe.run(${parts}, { resultTypes: ["violations"] })`)) as AxeResults
  await session.detach()
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.html.slice(0, 160)}`))
}
