import type { draftRequests } from '../../shared/contract/draft-requests.ts'
import type { Handlers } from '../ipc/router.ts'
import type { Services } from '../services.ts'

export function draftHandlers({ drafts }: Pick<Services, 'drafts'>): Handlers<keyof typeof draftRequests> {
  return {
    saveDraft: ({ id, ...draft }) => drafts.save(id, draft),
    discardDraft: ({ id }) => drafts.discard(id),
  }
}
