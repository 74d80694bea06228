import { expect, it } from 'vitest'
import { daysAgo, ownMail, row } from '../../test/month.ts'
import { classifyRows } from './classify.ts'

it('says for every row which class of source it counts for, and keeps the rows of each source', () => {
  const own = ownMail(3)
  const service = [1, 2, 3].map((day) =>
    row({ day: daysAgo(day), source: 'a', count: 30, dkim: [{ domain: 'service.example', result: 'pass' }] }),
  )
  const spoofed = row({ source: 'b', count: 900 })
  const { sources, rows, foreign, classOf } = classifyRows([...own, ...service, spoofed])
  expect(sources.map(({ id, class: kind }) => [id, kind])).toEqual([
    ['source:mail.example.com', 'own'],
    ['domain:service.example', 'candidate'],
  ])
  expect(rows.get('domain:service.example')).toEqual(service)
  expect([...own, ...service, spoofed].map(classOf)).toEqual([
    'own',
    'own',
    'own',
    'candidate',
    'candidate',
    'candidate',
    'foreign',
  ])
  expect(foreign).toEqual({ sources: 1, messages: 900 })
})
