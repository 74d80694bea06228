import { type RefObject, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Span } from './row-layout.ts'

/** What is drawn of a list whose size is not known yet: enough to fill a window. */
const firstHeight = 800

/**
 * The part of a scrolling element to draw: what is on screen, and `margin` pixels before and after it, so that a scroll finds
 * its rows there. It moves in steps of a quarter of the margin: most scroll events draw nothing.
 */
export function useVisibleSpan(scroller: RefObject<HTMLElement | null>, margin: number): Span {
  const [span, setSpan] = useState<Span>({ top: 0, bottom: firstHeight })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const step = margin / 4
    let height = 0
    let drawn: Span = { top: 0, bottom: firstHeight }
    const update = () => {
      const { scrollTop } = element
      const top = Math.max(0, Math.floor(scrollTop / step) * step - margin)
      const bottom = Math.ceil((scrollTop + height) / step) * step + margin
      if (drawn.top === top && drawn.bottom === bottom) return
      // A jump past all that is drawn would show an empty list for a frame.
      const isEmpty = scrollTop + height <= drawn.top || scrollTop >= drawn.bottom
      drawn = { top, bottom }
      if (isEmpty) flushSync(() => setSpan(drawn))
      else setSpan(drawn)
    }
    // The height is told with the layout that there is anyway; reading it would ask for one.
    const observer = new ResizeObserver(([entry]) => {
      height = entry?.contentRect.height ?? 0
      update()
    })
    observer.observe(element)
    element.addEventListener('scroll', update, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', update)
    }
  }, [scroller, margin])
  return span
}
