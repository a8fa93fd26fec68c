let styles: CSSStyleSheet | undefined

/**
 * The style sheet of the page, for a shadow root: `root.adoptedStyleSheets = [kitStyles(), own]`.
 * The host does so by itself for a widget whose shadow root is open.
 */
export function kitStyles(): CSSStyleSheet {
  if (styles !== undefined) return styles
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules])
  styles = new CSSStyleSheet()
  styles.replaceSync(rules.map(({ cssText }) => cssText).join('\n'))
  return styles
}

export function adoptKitStyles({ shadowRoot }: HTMLElement): void {
  if (shadowRoot === null || shadowRoot.adoptedStyleSheets.includes(kitStyles())) return
  // First, so that the widget's own rules win.
  shadowRoot.adoptedStyleSheets = [kitStyles(), ...shadowRoot.adoptedStyleSheets]
}
