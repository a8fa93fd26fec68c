import '@mon/ui-kit'

/** A page with nothing but a chart, which the benchmark fills and changes. */
class ChartPage extends HTMLElement {
  connectedCallback() {
    const chart = document.createElement('mon-chart')
    const heading = document.createElement('h1')
    heading.textContent = 'Chart'
    this.append(heading, chart)
    // The code of the chart is loaded with a small one.
    Object.assign(chart, { label: 'Chart', unit: 'percent', data: dataOf(2, 10) })
    Object.assign(globalThis, { prepare: (...sizes) => prepare(this, ...sizes) })
  }
}
customElements.define('bench-chart', ChartPage)

/** Makes `draw()` and `update()`, each of which resolves to milliseconds until its frame is painted. */
function prepare(page, series, points, turns) {
  page.querySelector('mon-chart')?.remove()
  const [first, ...rest] = Array.from({ length: turns + 1 }, (_, turn) =>
    dataOf(series, points, turn),
  )
  const chart = document.createElement('mon-chart')
  Object.assign(chart, { label: 'Chart', unit: 'percent', data: first })
  const draw = () => timed(() => page.append(chart))
  const update = async () => {
    const times = []
    for (const data of rest) times.push(await timed(() => Object.assign(chart, { data })))
    return times.sort((a, b) => a - b)[Math.floor(turns / 2)]
  }
  Object.assign(globalThis, { draw, update })
}

async function timed(change) {
  await nextFrame()
  const begun = performance.now()
  change()
  await nextFrame()
  await new Promise((done) => setTimeout(done))
  return performance.now() - begun
}

function nextFrame() {
  return new Promise((done) => requestAnimationFrame(done))
}

function dataOf(series, points, turn = 0) {
  return {
    ts: Array.from({ length: points }, (_, index) => 1_795_302_000 + 5 * (index + turn)),
    series: Array.from({ length: series }, (_, each) => ({
      label: `gpu-${each}`,
      values: Array.from(
        { length: points },
        (_, index) => 50 + each / 2 + 20 * Math.sin((index + turn + 9 * each) / 30),
      ),
    })),
  }
}
