import { lazily } from './lazily.tsx'

/** The values of a picker, loaded when one is opened or before. */
export const PickerOptions = lazily(async () => (await import('./picker-options.tsx')).PickerOptions)
