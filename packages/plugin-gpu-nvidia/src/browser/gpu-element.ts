import { WidgetBase } from '@mon/ui-kit'
import type { GpuInfo } from '../gpu-info.js'

/** A widget of this plugin, which shows fields of its server. */
export abstract class GpuElement extends WidgetBase {
  /** The fields of its server that it shows. */
  protected fields(): readonly string[] {
    return []
  }

  override connectedCallback(): void {
    super.connectedCallback()
    if (this.serverId === undefined) return
    this.follow(this.serverId, this.fields(), () => this.changed())
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
