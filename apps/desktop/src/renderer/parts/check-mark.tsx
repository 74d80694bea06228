/** The tick of a box that can be ticked; its box decides whether it shows. */
export function CheckMark() {
  return (
    <svg className="check-mark" viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
      <path d="M3 8.4 6.4 12 13 4.6" />
    </svg>
  )
}
