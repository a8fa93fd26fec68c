// In a file of their own, because the form in the browser checks by them, too.

/** `[A-Za-z0-9.-]` that begins and ends with a letter or digit, or an IPv6 address: never an option of ssh. */
export const HOST_PATTERN =
  '^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$'

/** ssh itself would take `user@elsewhere` as a name; a domain user of Windows has a backslash. */
export const USER_PATTERN = '^[A-Za-z0-9_][A-Za-z0-9._\\\\-]*$'

/** ssh expands `%h` and `${HOME}` in paths, and splits some at spaces. No `.` or `..` on the way. */
export const PATH_PATTERN = '^(?!.*/\\.{1,2}(?:/|$))/[\\w./-]+$'
