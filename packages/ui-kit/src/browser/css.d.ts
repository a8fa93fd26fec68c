/** The build of a plugin's widgets inlines the file's text. */
declare module '*.css' {
  const text: string
  export default text
}
