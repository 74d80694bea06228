/** One thing that the doctor looked at. */
export interface Finding {
  /** What it is about: `store`, `delegation`, ... */
  subject: string
  /** `warning`: somebody should look; `problem`: something does not work. */
  level: 'ok' | 'warning' | 'problem'
  /** What was found, and for all but `ok` what to do. */
  text: string
}

export const ok = (subject: string, text: string): Finding => ({ subject, level: 'ok', text })
export const warning = (subject: string, text: string): Finding => ({ subject, level: 'warning', text })
export const problem = (subject: string, text: string): Finding => ({ subject, level: 'problem', text })
