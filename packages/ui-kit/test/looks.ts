/** Each theme with each language, and each width at least once; all of them are in the long tests. */
export const looks = [
  { colorScheme: 'light', locale: 'zh-CN', width: 1440 },
  { colorScheme: 'dark', locale: 'en-US', width: 1440 },
  { colorScheme: 'light', locale: 'en-US', width: 390 },
  { colorScheme: 'dark', locale: 'zh-CN', width: 320 },
] as const
