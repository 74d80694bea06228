import { describe, expect, it } from 'vitest'
import { checkDraft, draftOf } from './dmarc-draft.ts'

const own = 'v=DMARC1; p=none; rua=mailto:abc@in.example'
const present = 'v=DMARC1; p=quarantine; adkim=s; rua=mailto:abc@in.example,mailto:me@mine.example; fo=1'

describe('the DMARC form', () => {
  it('reads a record and writes it back with the same meaning', () => {
    const draft = draftOf(present, own)
    expect(draft).toMatchObject({ p: 'quarantine', sp: '', strictDkim: true, rua: 'me@mine.example' })
    const { record, errors } = checkDraft(draft, present, own, false)
    expect(errors).toEqual([])
    expect(record).toContain('p=quarantine')
    expect(record).toContain('adkim=s')
    expect(record).toContain('rua=mailto:abc@in.example,mailto:me@mine.example')
  })

  it('always keeps the addresses of the service', () => {
    expect(checkDraft({ ...draftOf(present, own), rua: '' }, present, own, false).record).toContain(
      'mailto:abc@in.example',
    )
  })

  it('names what is wrong with an address while it is typed', () => {
    const { errors } = checkDraft({ ...draftOf(present, own), rua: 'nobody@' }, present, own, false)
    expect(errors.map((error) => error.tag)).toContain('rua')
  })

  it('warns of a jump from none to reject', () => {
    const { warnings, errors } = checkDraft({ ...draftOf(own, own), p: 'reject' }, own, own, false)
    expect(errors).toEqual([])
    expect(warnings.map((warning) => warning.code)).toContain('advice-two-steps')
  })

  it('holds a parked domain to reject', () => {
    expect(checkDraft({ ...draftOf(own, own), p: 'quarantine' }, own, own, true).errors).not.toEqual([])
  })
})
