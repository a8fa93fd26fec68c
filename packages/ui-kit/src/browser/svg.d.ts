/** The build inlines the file's text. */
declare module '*.svg' {
  const text: string
  export default text
}
