import { createContext, useContext } from 'react'
import type { Page } from './navigation.ts'

export const GoContext = createContext<(page: Page) => void>(() => {})

/** Leads to another page, from any depth. */
export const useGo = () => useContext(GoContext)
