/** Any thrown value as one line of text. That of core would bring all of core into the NVML child. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
