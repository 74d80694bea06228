import { useEffect } from 'react'

const mouseBackButton = 3

/** The ways back that people know from browsers: Alt and the left arrow, and the back button of a mouse. */
export function useBackGestures(onBack: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.key !== 'ArrowLeft' || event.defaultPrevented) return
      event.preventDefault()
      onBack()
    }
    const onMouse = (event: MouseEvent) => {
      if (event.button !== mouseBackButton) return
      event.preventDefault()
      onBack()
    }
    window.addEventListener('keydown', onKey)
    window.addEventListener('mouseup', onMouse)
    return () => {
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('mouseup', onMouse)
    }
  }, [onBack])
}
