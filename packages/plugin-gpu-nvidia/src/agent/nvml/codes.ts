/** What NVML's return codes mean for us. */
export const SUCCESS = 0
export const NOT_SUPPORTED = 3
export const INSUFFICIENT_SIZE = 7
/** Also what we answer for a function that this library does not have. */
export const FUNCTION_NOT_FOUND = 13

/** The card itself is in trouble; any other failure concerns one value only, which is unknown then. */
const cardErrors: Readonly<Record<number, string>> = {
  8: 'insufficient_power',
  11: 'interrupt_issue',
  15: 'lost',
  16: 'reset_required',
  999: 'unknown_error',
}

export function cardErrorOf(code: number): string | undefined {
  return cardErrors[code]
}

const texts: Readonly<Record<number, string>> = {
  1: 'NVML is not initialised',
  4: 'no permission',
  8: 'the card lacks external power',
  9: 'the NVIDIA driver is not loaded; is it installed for this kernel?',
  11: 'the card has an interrupt problem',
  12: 'the NVML library was not found',
  15: 'the card has fallen off the bus',
  16: 'the card must be reset',
  17: 'the operating system blocks the card',
  18: 'the NVIDIA driver and its library differ in version; restart the machine or reload the driver',
  28: 'the driver has no memory left',
  999: 'the driver gives no reason',
}

export function describeCode(code: number): string {
  return `${texts[code] ?? 'NVML failed'} (NVML ${code})`
}
