import type { WidgetContext } from '@mon/ui-kit'
import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import type { GpuInfo } from '../gpu-info.js'

/** A widget of this plugin. It renders into the page itself, whose style sheet it shares. */
export abstract class GpuElement extends LitElement {
  @property({ attribute: false }) ctx?: WidgetContext
  @property({ attribute: false }) serverId?: string

  protected override createRenderRoot(): HTMLElement {
    return this
  }

  /** The fields of its server that it shows. */
  protected fields(): readonly string[] {
    return []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    const { ctx, serverId } = this
    // The page ends these when the widget leaves it.
    ctx?.i18n.onChange(() => this.requestUpdate())
    if (serverId === undefined) return
    for (const field of this.fields()) ctx?.store.subscribe(serverId, field, () => this.changed())
  }

  /** A field that it shows has changed. */
  protected changed(): void {
    this.requestUpdate()
  }

  protected field<T>(name: string): T | undefined {
    return this.ctx?.store.get<T>(this.serverId ?? '', name)
  }

  /** The cards of its server, lost ones last; null where there are none, undefined before all else. */
  protected get gpus(): readonly GpuInfo[] | null | undefined {
    return this.field<readonly GpuInfo[] | null>('gpus')
  }

  /** 0: it has none; null: its collector failed before it could tell. */
  protected get gpuCount(): number | null | undefined {
    return this.field<number | null>('gpu_count')
  }
}
