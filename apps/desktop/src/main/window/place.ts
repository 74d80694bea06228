import type { WindowPlace } from '../config/config.ts'

export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const defaultSize = { width: 460, height: 700 }
/** 320 pixels are what WCAG 1.4.10 asks for. */
export const minimumSize = { width: 320, height: 480 }
const margin = 8

/**
 * Where the window opens. Where it was last, if that is still on a screen; else under the tray icon; else, as Linux does
 * not say where icons are, in the corner where trays are.
 */
export function windowPlace(
  remembered: WindowPlace | undefined,
  icon: Rectangle | undefined,
  screens: readonly Rectangle[],
): Rectangle {
  const last = remembered && screens.find((screen) => isReachable(remembered, screen))
  if (remembered && last) return inside(remembered, last)
  const { width, height } = defaultSize
  const screen = screens.find((candidate) => icon && contains(candidate, icon)) ?? screens[0]
  if (!screen) return { x: 0, y: 0, width, height }
  const fitted = { width: Math.min(width, screen.width), height: Math.min(height, screen.height - 2 * margin) }
  if (!icon || icon.width === 0) {
    return { ...fitted, x: screen.x + screen.width - fitted.width - margin, y: screen.y + margin }
  }
  const middle = Math.round(icon.x + icon.width / 2 - fitted.width / 2)
  const below = icon.y < screen.y + screen.height / 2
  return {
    ...fitted,
    x: clamp(middle, screen.x + margin, screen.x + screen.width - fitted.width - margin),
    y: clamp(
      below ? icon.y + icon.height + margin : icon.y - fitted.height - margin,
      screen.y,
      screen.y + screen.height - fitted.height,
    ),
  }
}

/** The same place, moved and shrunk as far as it takes to lie on the screen. */
function inside(place: Rectangle, screen: Rectangle): Rectangle {
  const width = Math.min(place.width, screen.width)
  const height = Math.min(place.height, screen.height)
  return {
    width,
    height,
    x: clamp(place.x, screen.x, screen.x + screen.width - width),
    y: clamp(place.y, screen.y, screen.y + screen.height - height),
  }
}

/** Enough of the window's top is on the screen to grab it. */
function isReachable(place: Rectangle, screen: Rectangle): boolean {
  const overlap = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x)
  return overlap >= 100 && place.y >= screen.y - margin && place.y <= screen.y + screen.height - 60
}

function contains(screen: Rectangle, { x, y }: Rectangle): boolean {
  return x >= screen.x && x < screen.x + screen.width && y >= screen.y - 100 && y < screen.y + screen.height + 100
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, Math.max(low, high)))
}
