import type { Activity } from '../src/main/activity/activity.ts'

/** An activity log that a test does not look at. */
export function ignoredActivity(): Pick<
  Activity,
  'begin' | 'addUndo' | 'dropUndo' | 'finish' | 'journalUndone' | 'recordRestored'
> {
  return {
    begin: () => 'a1',
    addUndo: () => {},
    dropUndo: () => {},
    finish: () => {},
    journalUndone: () => {},
    recordRestored: () => {},
  }
}
