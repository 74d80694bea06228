/** What was typed into a form and not published yet. Never holds secrets: forms for tokens and credentials keep none. */
export interface Draft {
  /** What the form showed as published when the person began; a different value by now is a conflict. */
  readonly base: string
  /** The form's fields as JSON. */
  readonly fields: string
}

export type Drafts = Readonly<Record<string, Draft>>

export type DraftForm = 'dmarc' | 'mta-sts' | 'add-domain'

/** A form without a domain has one draft for the whole app. */
export function draftId(form: DraftForm, key = ''): string {
  return `${form} ${key}`
}
