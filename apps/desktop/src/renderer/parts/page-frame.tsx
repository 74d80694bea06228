import { ArrowLeft } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../../shared/messages/messages.ts'
import { IconButton } from './button.tsx'

interface PageFrameProps {
  readonly title: string
  readonly onBack: () => void
  /** Next to the title. */
  readonly beside?: ReactNode
  /** Below the title; like it, it stays in sight while the page scrolls. */
  readonly head?: ReactNode
  /** Stays in sight below what scrolls. */
  readonly footer?: ReactNode
  readonly children: ReactNode
}

/** A page with its heading. The heading takes the focus, so that a screen reader says where one has arrived. */
export function PageFrame({ title, onBack, beside, head, footer, children }: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new title is a new page
  useEffect(() => heading.current?.focus({ preventScroll: true }), [title])
  return (
    <section
      className="page"
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        // Or the list, which is on screen by the time the key reaches the window, would put the window away.
        event.stopPropagation()
        onBack()
      }}
    >
      <header className="page-head">
        <div className="page-title">
          <IconButton icon={<ArrowLeft size={18} aria-hidden="true" />} label={t('Back')} onPress={onBack} />
          <h1 ref={heading} tabIndex={-1} title={title}>
            {title}
          </h1>
          {beside}
        </div>
        {head ? <div className="page-lead">{head}</div> : null}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="page-body" tabIndex={0}>
        {children}
      </div>
      {footer ? <footer className="page-foot">{footer}</footer> : null}
    </section>
  )
}
