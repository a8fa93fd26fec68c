/** A stand-in for the widget of a GPU plugin: a header, and a cell for each card, updated in place. */
class GpuCells extends HTMLElement {
  #collapsed = false

  get collapsed() {
    return this.#collapsed
  }

  set collapsed(collapsed) {
    this.#collapsed = collapsed
    if (this.details) this.details.open = !collapsed
  }

  connectedCallback() {
    const { store, i18n } = this.ctx
    this.innerHTML =
      '<details><summary>GPU <b></b><span></span></summary><div role="img"></div></details>'
    this.details = this.querySelector('details')
    this.details.open = !this.#collapsed
    this.cells = this.querySelector('div')
    store.subscribe(this.serverId, 'gpus', () => this.show())
    i18n.onChange(() => this.show())
    this.show()
  }

  show() {
    const { store, fmt } = this.ctx
    const gpus = store.get(this.serverId, 'gpus') ?? []
    this.querySelector('b').textContent = `${gpus.length} × ${gpus[0]?.name ?? '–'}`
    const hottest = Math.max(...gpus.map((gpu) => gpu.temperature_c ?? 0))
    this.querySelector('span').textContent = fmt.temperature(hottest).text
    this.cells.ariaLabel = `${gpus.length} GPUs`
    while (this.cells.childElementCount < gpus.length) this.cells.append(newCell())
    gpus.forEach((gpu, index) => {
      const cell = this.cells.children[index]
      const [well, label] = cell.children
      const idle = gpu.free
      cell.className = `gcell${idle ? ' idle' : ''}${gpu.hot ? ' hot' : ''}`
      well.children[0].style.setProperty('--v', gpu.util_pct)
      well.children[1].style.setProperty('--v', (gpu.mem_used_mb / gpu.mem_total_mb) * 100)
      const text = gpu.hot ? `${gpu.temperature_c}°` : idle ? '–' : gpu.util_pct
      label.firstChild.data = String(text)
    })
  }
}

function newCell() {
  const cell = document.createElement('div')
  cell.innerHTML = '<div class="well"><i></i><i></i></div><span> </span>'
  return cell
}

const style = new CSSStyleSheet()
style.replaceSync(`
  gpu-cells, gpu-strip { display: block; }
  gpu-cells summary { display: flex; gap: 8px; color: var(--text-2); font-size: var(--t-xs); }
  gpu-cells b { color: var(--text); font-weight: 600; }
  gpu-cells summary span { margin-left: auto; }
  gpu-cells details > div { display: grid; grid-template-columns: repeat(8, minmax(0, 1fr)); gap: 8px 6px; margin-top: 8px; }
  .gcell { display: grid; gap: 3px; text-align: center; font-size: var(--t-xs); line-height: 1.2; color: var(--text-2); }
  .well { display: flex; gap: 1px; height: 30px; border-radius: 3px; background: var(--track); overflow: hidden; }
  .well i { flex: 1; background: var(--util); transform: translateY(calc((100 - var(--v)) * 1%)); }
  .well i + i { flex: 0 0 28%; background: var(--mem); }
  .gcell.idle .well { background: none; outline: 1.5px dashed var(--line-ctl); outline-offset: -1.5px; }
  .gcell.idle i { visibility: hidden; }
  .gcell.hot { color: var(--crit); font-weight: 600; }
`)
document.adoptedStyleSheets.push(style)
customElements.define('gpu-cells', GpuCells)
