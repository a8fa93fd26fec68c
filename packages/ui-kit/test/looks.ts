export interface Look {
  colorScheme: 'light' | 'dark'
  locale: 'zh-CN' | 'en-US'
  width: number
}

/** For the long tests. */
export const allLooks: Look[] = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['zh-CN', 'en-US'] as const).flatMap((locale) =>
    [1440, 390, 320].map((width) => ({ colorScheme, locale, width })),
  ),
)

/** Both themes, both languages and both ends of width, for what takes long in a single look. */
export const fewLooks = [
  { colorScheme: 'light', locale: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', locale: 'en-US', width: 320 },
] as const satisfies Look[]

/** Each theme with each language, and each width at least once. */
export const someLooks: Look[] = [
  { colorScheme: 'light', locale: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', locale: 'en-US', width: 1440 },
  { colorScheme: 'light', locale: 'en-US', width: 390 },
  { colorScheme: 'dark', locale: 'zh-CN', width: 320 },
]
