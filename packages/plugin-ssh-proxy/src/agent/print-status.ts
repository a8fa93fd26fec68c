import type { ProxyStatus } from '../proxy-status.js'

const SHOWN_EVENTS = 8

/** The status of a tunnel for a terminal. @param now epoch seconds */
export function printStatus(status: ProxyStatus, now: number): string[] {
  const { target, listen_port, pid, last_error, next_retry_at, healthy_since, probe } = status
  return [
    `${status.status}${target === null ? '' : `  ${target}`}`,
    ...(listen_port === null ? [] : [`  proxy on this server  http://127.0.0.1:${listen_port}`]),
    ...(pid === null ? [] : [`  ssh                   pid ${pid}`]),
    ...(healthy_since === null ? [] : [`  well for              ${span(now - healthy_since)}`]),
    ...(probe?.ok === true
      ? [`  last answer           in ${probe.ms} ms, ${span(now - probe.at)} ago`]
      : []),
    ...(next_retry_at === null ? [] : [`  next try              in ${span(next_retry_at - now)}`]),
    ...(last_error === null
      ? []
      : [`  ${last_error.code}: ${last_error.message}`, `  ${last_error.hint ?? ''}`.trimEnd()]),
    ...status.events.slice(-SHOWN_EVENTS).map(({ at, status, code, message }) => {
      const time = new Date(at * 1000).toISOString().slice(0, 19)
      return `  ${time}Z  ${status.padEnd(12)}  ${code === null ? '' : `${code}: `}${message}`
    }),
  ]
}

/** `3 d 4 h`, `12 s` */
function span(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  if (whole < 86_400) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3600)} h`
}
