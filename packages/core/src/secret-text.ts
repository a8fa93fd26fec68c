/** Words that end the name of something secret. A `token_file` names a file and is none. */
const secretName =
  '[\\w-]*(?:tokens?|pass(?:words?|phrases?|wd|codes?)?|pwd|secrets?|credentials?|authorization|cookies?|(?:private|api|access|secret|signing|encryption)[_-]?keys?)'

const wholeName = new RegExp(`^${secretName}$`, 'i')

export const MASK = '***'

/** Whether what goes by this name is a secret. */
export function isSecretName(name: string): boolean {
  return wholeName.test(name)
}

/** In any text: the password of a URL, a secret in its query, a bearer token, a member of JSON. */
const places = [
  // `scheme://user:password@`; a raw @ in the password is a mistake that works.
  /(?<=\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#:@]*:)[^\s/?#]+(?=@)/gi,
  new RegExp(`(?<=[?&;]${secretName}=)[^\\s&;#"']+`, 'gi'),
  /(?<=\bBearer\s+)[\w.~+/=-]{8,}/gi,
  new RegExp(`(?<="${secretName}":")(?:[^"\\\\]|\\\\.)+`, 'gi'),
]

/** The text without the secrets that can be told from where they stand. */
export function maskText(text: string): string {
  return places.reduce((masked, place) => masked.replace(place, MASK), text)
}
