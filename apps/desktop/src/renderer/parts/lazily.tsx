import { type ComponentType, createElement, use } from 'react'

export interface LazyPart<Props> {
  (props: Props): React.ReactNode
  /** Loads it before it is shown. */
  preload(): Promise<void>
}

/** A part of the window that is not there at first sight: loaded when it is shown, or before; from then on it draws at once. */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): LazyPart<Props> {
  let part: ComponentType<Props> | undefined
  let loading: Promise<void> | undefined
  const preload = () => {
    loading ??= load().then((loaded) => {
      part = loaded
    })
    return loading
  }
  const Lazy = (props: Props) => {
    if (!part) use(preload())
    return part ? createElement(part, props) : null
  }
  return Object.assign(Lazy, { preload })
}
