export interface StreamEvent {
  type: string
  data: string
}

/**
 * Reads `text/event-stream` from chunks cut anywhere. Comments, which keep the connection
 * alive, give no event; a last event without its blank line is dropped, as the standard says.
 */
export function createEventParser(onEvent: (event: StreamEvent) => void): (chunk: string) => void {
  let rest = ''
  let type = ''
  let data: string[] = []

  function endEvent(): void {
    if (data.length > 0) onEvent({ type: type || 'message', data: data.join('\n') })
    type = ''
    data = []
  }

  function readLine(line: string): void {
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
    if (line === '') endEvent()
    if (field === 'event') type = value ?? ''
    if (field === 'data') data.push(value ?? '')
  }

  return (chunk) => {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) readLine(line)
  }
}
