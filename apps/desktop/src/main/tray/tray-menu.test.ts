import { describe, expect, it } from 'vitest'
import { domain } from '../../../test/fixtures.ts'
import { trayMenu } from './tray-menu.ts'

const labels = (menu: ReturnType<typeof trayMenu>) =>
  menu.flatMap((line) => (line.kind === 'separator' ? [] : [line.label]))
const view = { state: 'attention', count: 1, summary: '1 domain needs action' } as const

describe('the tray menu', () => {
  it('says the state in words and leads to what needs somebody', () => {
    const menu = trayMenu(view, [domain('a.example'), domain('b.example', 'attention')])
    expect(labels(menu)).toEqual([
      '1 domain needs action',
      'Open DMARC Watch',
      'b.example: Action needed',
      'Apply missing CNAMEs…',
      'Check now',
      'Add a domain…',
      'Settings…',
      'Quit',
    ])
  })

  it('offers no applying when nothing is missing', () => {
    expect(labels(trayMenu({ ...view, state: 'well' }, [domain('a.example')]))).not.toContain('Apply missing CNAMEs…')
  })

  it('offers a newer release only once it is ready', () => {
    expect(labels(trayMenu(view, []))).not.toContainEqual(expect.stringContaining('Install'))
    expect(labels(trayMenu(view, [], '0.2.0'))).toContain('Install 0.2.0 and restart')
  })

  it('stays short with hundreds of domains', () => {
    const many = Array.from({ length: 300 }, (_, index) => domain(`d${index}.example`, 'attention'))
    const menu = labels(trayMenu(view, many))
    expect(menu.length).toBeLessThan(20)
    expect(menu).toContain('292 more…')
  })
})
