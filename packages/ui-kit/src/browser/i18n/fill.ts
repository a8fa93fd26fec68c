/**
 * Puts values in the place of `{name}`. Numbers are written as the language writes them; what must
 * not be grouped, such as a port, is given as a string. A placeholder without a value stays.
 *
 * Of ICU's message format it also knows the plural, with `#` for the number:
 * `{count, plural, one {# server} other {# servers}}`, and `=0 {…}` for an exact number.
 */
export function fill(locale: string, text: string, values: object): string {
  const known = new Map<string, unknown>(Object.entries(values))
  const write = (value: unknown) =>
    typeof value === 'number' ? rulesOf(locale).number.format(value) : String(value)
  return text
    .replace(plural, (whole, name: string, forms: string) => {
      const value = known.get(name)
      if (typeof value !== 'number') return whole
      return chooseForm(locale, forms, value).replaceAll('#', write(value))
    })
    .replace(/\{(\w+)\}/g, (placeholder, name: string) => write(known.get(name) ?? placeholder))
}

/** A form may hold placeholders, but no further plural. */
const plural = /\{(\w+), plural,((?:\s*(?:=\d+|\w+)\s*\{(?:[^{}]|\{\w+\})*\})+)\s*\}/g
const form = /(=\d+|\w+)\s*\{((?:[^{}]|\{\w+\})*)\}/g

function chooseForm(locale: string, forms: string, value: number): string {
  const texts = new Map([...forms.matchAll(form)].map(([, name, text = '']) => [name, text]))
  const category = rulesOf(locale).plural.select(value)
  return texts.get(`=${value}`) ?? texts.get(category) ?? texts.get('other') ?? ''
}

interface Rules {
  number: Intl.NumberFormat
  plural: Intl.PluralRules
}

/** They cost more to make than to use. */
const made = new Map<string, Rules>()

function rulesOf(locale: string): Rules {
  const rules = made.get(locale) ?? {
    number: new Intl.NumberFormat(locale),
    plural: new Intl.PluralRules(locale),
  }
  made.set(locale, rules)
  return rules
}
