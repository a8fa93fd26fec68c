/** The build inlines the file's text. */
declare module '*.css' {
  const text: string
  export default text
}
