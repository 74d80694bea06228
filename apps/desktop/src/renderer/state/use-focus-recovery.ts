import { useEffect } from 'react'

/**
 * When the element with the focus is removed, the browser gives the focus to the document, and a keyboard starts again at
 * the top. The heading of the page takes it instead, unless whoever removed the element has placed the focus meanwhile.
 */
export function useFocusRecovery(): void {
  useEffect(() => {
    let last: EventTarget | null = null
    let frame = 0
    const recover = () => {
      if (document.activeElement !== document.body || !(last instanceof Element) || last.isConnected) return
      last = null
      const headings = [...document.querySelectorAll<HTMLElement>('.page h1, h1')]
      headings.find((heading) => heading.offsetParent !== null)?.focus({ preventScroll: true })
    }
    const onFocus = (event: FocusEvent) => {
      last = event.target
    }
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame)
      // Dialogs and menus give the focus back in the next frame.
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(recover)
      })
    })
    observer.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', onFocus)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
}
