import { useState } from 'react'
import type { Problem } from '../../shared/problems.ts'
import { AcceptRisk } from '../parts/accept-risk.tsx'

/** What a person says to a change that needs words; the reason is empty where it needs none. */
interface Why {
  readonly reason: string
  readonly acceptRisk: string | undefined
}

interface PublishingOptions {
  /** The policy as it would be published. */
  readonly text: string
  /** The request that publishes it. */
  readonly request: { readonly busy: boolean; readonly problem: Problem | undefined; readonly dismiss: () => void }
  readonly send: (why: Why) => Promise<{ readonly ok: boolean }>
  readonly onPublished: () => void
}

/** Publishes a policy that was edited: what is asked before it, and after a service has asked for evidence. */
export function usePublishing({ text, request: { busy, problem, dismiss }, send, onPublished }: PublishingOptions) {
  const [asking, setAsking] = useState(false)
  /** What was sent last: words about one policy are not those about another. */
  const [sent, setSent] = useState({ text: '', reason: '' })
  const publish = async (reason: string, acceptRisk?: string) => {
    setSent({ text, reason })
    const { ok } = await send({ reason, acceptRisk })
    setAsking(false)
    if (ok) onPublished()
  }
  const missing = problem?.code === 'evidence-missing' ? problem : undefined
  return {
    publish,
    /** Whether the question before publishing is shown. */
    asking,
    setAsking,
    /** Why it was not published, where no words can change that. */
    problem: missing ? undefined : problem,
    riskQuestion:
      missing && sent.text === text ? (
        <AcceptRisk
          problem={missing}
          busy={busy}
          onAccept={(risk) => void publish(sent.reason, risk)}
          onCancel={dismiss}
        />
      ) : undefined,
  }
}
