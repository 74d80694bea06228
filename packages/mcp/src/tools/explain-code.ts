import { type ReasonSubject, reasonSubjects, reasonsOf, reasonText } from '@dmarc-as-code/records/reasons'
import { z } from 'zod'
import { ToolError, tool } from '../tool.ts'

export const explainCode = tool({
  name: 'explain_code',
  title: 'Explain a code',
  description:
    'Explains a reason code of the API, the tray app, Terraform or dmarc-dns, such as wrong-target or policy-weaker: what it means, what to do, and who can act. Needs no account.',
  input: z.object({
    code: z.string().describe('The code, such as wrong-target'),
    subject: z
      .enum(reasonSubjects as [ReasonSubject, ...ReasonSubject[]])
      .optional()
      .describe('What the code is about; without it, every subject that has the code'),
  }),
  async run({ code, subject }) {
    const subjects = subject === undefined ? reasonSubjects : [subject]
    const meanings = subjects.flatMap((each) => {
      const words = reasonText(each, code)
      return words === undefined
        ? []
        : [
            {
              subject: each,
              title: words.title,
              explanation: words.explanation,
              what_to_do: words.fix,
              actor: words.actor,
            },
          ]
    })
    if (meanings.length > 0) return { code, meanings }
    const known = subjects.flatMap((each) => reasonsOf(each) as readonly string[])
    throw new ToolError(
      `The code "${code}" is not known${subject === undefined ? '' : ` for ${subject}`}. Known codes: ${[...new Set(known)].sort().join(', ')}.`,
    )
  },
})
