import { load } from './core/load.ts'

/** What not every program needs; called before anything is sent. */
export const onDemand = () => load(() => import('./on-demand.ts'))
