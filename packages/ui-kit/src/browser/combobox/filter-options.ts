export interface ComboboxOption {
  value: string
  label: string
  /** Behind the label, greyer; it is searched too. */
  note?: string
}

/** Those that have all the words of the text, in any order and case. */
export function filterOptions(
  options: readonly ComboboxOption[],
  text: string,
): readonly ComboboxOption[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return options
  return options.filter(({ label, note = '' }) => {
    const searched = `${label} ${note}`.toLowerCase()
    return words.every((word) => searched.includes(word))
  })
}
