/** `H100, train` as a list: commas of either script part them, and none stands twice. */
export function parseTags(text: string): string[] {
  const tags = text
    .split(/[,，、]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
  return [...new Set(tags)]
}

export function tagsText(tags: readonly string[]): string {
  return tags.join(', ')
}
