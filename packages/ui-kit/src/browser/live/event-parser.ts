export interface StreamEvent {
  type: string
  data: string
}

/**
 * Reads `text/event-stream` from chunks cut anywhere. Comments, which keep the connection
 * alive, give no event; a last event without its blank line is dropped, as the standard says.
 */
export function createEventParser(onEvent: (event: StreamEvent) => void): (chunk: string) => void {
  // A fleet is one line of megabytes in many chunks: each is looked through once.
  let unfinished: string[] = []
  let endedWithReturn = false
  let type = ''
  let data: string[] = []

  function endEvent(): void {
    if (data.length > 0) onEvent({ type: type || 'message', data: data.join('\n') })
    type = ''
    data = []
  }

  function readLine(line: string): void {
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    if (line === '') endEvent()
    if (field === 'event') type = fieldValue(line, colon)
    if (field === 'data') data.push(fieldValue(line, colon))
  }

  return (chunk) => {
    if (chunk === '') return
    // The line already ended with the \r before the cut.
    const text = endedWithReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk
    endedWithReturn = chunk.endsWith('\r')
    const lines = text.split(/\r\n|\n|\r/)
    const rest = lines.pop() ?? ''
    for (const line of lines) {
      unfinished.push(line)
      const whole = unfinished.join('')
      unfinished = []
      readLine(whole)
    }
    unfinished.push(rest)
  }
}

function fieldValue(line: string, colon: number): string {
  if (colon === -1) return ''
  return line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1)
}
