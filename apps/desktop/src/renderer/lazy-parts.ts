import { lazily } from './parts/lazily.tsx'
import { PickerOptions } from './parts/lazy-picker-options.ts'
import { DayBars } from './reports/lazy-day-bars.ts'

// What the window does not show first. The list stands sooner without it; it is loaded right after.
export const DomainPage = lazily(async () => (await import('./domain/domain-page.tsx')).DomainPage)
export const ApplyPage = lazily(async () => (await import('./apply/apply-page.tsx')).ApplyPage)
export const ActivityPage = lazily(async () => (await import('./activity/activity-page.tsx')).ActivityPage)
export const SettingsPage = lazily(async () => (await import('./settings/settings-page.tsx')).SettingsPage)
export const ShortcutsPage = lazily(async () => (await import('./shortcuts/shortcuts-page.tsx')).ShortcutsPage)
export const AddDomainPage = lazily(async () => (await import('./start/add-domain-page.tsx')).AddDomainPage)
export const Welcome = lazily(async () => (await import('./start/welcome.tsx')).Welcome)
export const SelectionBar = lazily(async () => (await import('./overview/selection-bar.tsx')).SelectionBar)
export const DomainMenu = lazily(async () => (await import('./overview/domain-menu.tsx')).DomainMenu)
export const SwitcherDialog = lazily(async () => (await import('./switcher/switcher-dialog.tsx')).SwitcherDialog)

/** Loads all of them, each when `turn` says so, so that none is waited for when it is wanted. */
export async function preloadParts(turn: () => Promise<unknown> = async () => {}): Promise<void> {
  for (const part of [
    DomainPage,
    ApplyPage,
    SelectionBar,
    PickerOptions,
    DayBars,
    DomainMenu,
    SwitcherDialog,
    ActivityPage,
    SettingsPage,
    AddDomainPage,
    ShortcutsPage,
    Welcome,
  ]) {
    await turn()
    await part.preload()
  }
}
