import { type RefObject, useEffect, useRef } from 'react'

/**
 * Takes the focus to what has just appeared: the button that opened it is gone, and with it a keyboard's and a screen
 * reader's place on the page.
 */
export function useFocusHere<Kind extends HTMLElement>(): RefObject<Kind | null> {
  const here = useRef<Kind>(null)
  useEffect(() => {
    const element = here.current
    if (!element) return
    element.tabIndex = -1
    element.focus({ preventScroll: true })
  }, [])
  return here
}
