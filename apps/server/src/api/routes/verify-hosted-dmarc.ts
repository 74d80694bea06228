import { cnameCheck, txtCheck } from '../checks.ts'
import { lookAtHosting } from '../look-at-hosting.ts'
import { route } from '../route.ts'

export const verifyHostedDmarc = route('verifyHostedDmarc', {
  privilege: 'verify',
  description:
    'Queries DNS, authoritative servers first, at most once every ten seconds for a domain; in between it returns the last result.',
  async handle(request, context) {
    const look = await lookAtHosting('dmarc', request, context)
    const { cnames, txts } = look
    if (!cnames.dmarc || !txts.dmarc) throw new Error('a verification of hosted DMARC has no result for its record')
    return { overall_status: look.overall, cname: cnameCheck(cnames.dmarc), txt_record: txtCheck(txts.dmarc) }
  },
})
