import '@mon/ui-kit'

/** A page on which a chart can be measured from outside: see `chart.bench.ts`. */
class ChartBench extends HTMLElement {
  /** Loads what draws, which the first chart of a page waits for. */
  async warmUp() {
    await this.firstDraw(1, 10)
  }

  /** From an empty page to the frame that shows the chart, milliseconds. */
  async firstDraw(series, points) {
    this.replaceChildren()
    const data = columns(series, points, 0)
    const start = performance.now()
    const chart = Object.assign(document.createElement('mon-chart'), {
      label: 'Bench',
      unit: 'percent',
      data,
    })
    this.append(chart)
    while (chart.querySelector('canvas') === null) await nextTask()
    await nextFrame()
    return performance.now() - start
  }

  /** What it costs the main thread that all points have moved on by one, milliseconds. */
  async update(series, points, by) {
    const chart = this.querySelector('mon-chart')
    const data = columns(series, points, by)
    await nextFrame()
    const start = performance.now()
    chart.data = data
    await chart.updateComplete
    await nextTask()
    return performance.now() - start
  }
}

function columns(series, points, by) {
  const at = Array.from({ length: points }, (_, index) => index + by)
  return {
    ts: at.map((index) => 1_763_870_000 + index * 5),
    series: Array.from({ length: series }, (_, line) => ({
      label: `gpu-${line}`,
      values: at.map((index) => 50 + 30 * Math.sin(index / 40 + line) + 9 * Math.sin(index * line)),
    })),
  }
}

function nextTask() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = done
    port2.postMessage(null)
  })
}

async function nextFrame() {
  await new Promise(requestAnimationFrame)
  await nextTask()
}

customElements.define('bench-chart', ChartBench)
