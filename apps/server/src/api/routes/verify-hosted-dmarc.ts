import { refused } from '../../rules/problem.ts'
import { isConflict } from '../../store/retry.ts'
import { domainOf } from '../access.ts'
import { cnameCheck, txtCheck } from '../checks.ts'
import { route } from '../route.ts'

export const verifyHostedDmarc = route('verifyHostedDmarc', {
  privilege: 'verify',
  description:
    'Queries DNS, authoritative servers first, at most once every ten seconds for a domain; in between it returns the last result.',
  async handle({ caller, params }, { store, looks, verifyNow }) {
    const { domain } = await domainOf(store.db, caller, params.account_id, params.domain_id)
    if (domain.hosted_dmarc === 0) {
      const message = `Hosted DMARC is off for ${domain.address}, so there is nothing to verify. Switch it on with hosted_dmarc: true.`
      throw refused([{ field: '', code: 'hosted_dmarc_off', message }])
    }
    const look = await looks
      .run(caller.tokenId, `verify ${domain.id} dmarc`, () => verifyNow(domain.id, 'dmarc'))
      .catch(async (error) => {
        // Deleted meanwhile: it is not there any more.
        if (isConflict(error)) await domainOf(store.db, caller, params.account_id, params.domain_id)
        throw error
      })
    const { cnames, txts } = look
    if (!cnames.dmarc || !txts.dmarc) throw new Error('a verification of hosted DMARC has no result for its record')
    return { overall_status: look.overall, cname: cnameCheck(cnames.dmarc), txt_record: txtCheck(txts.dmarc) }
  },
})
