/**
 * The document of `GET` and `PUT /api/v2/global/config` as Neuron 2.15.1 gives and takes it.
 * Field names are Neuron's. 64-bit numbers do not occur here but in `params` of unknown plugins.
 */
export interface NeuronConfig {
  readonly nodes: readonly NeuronNode[];
  readonly groups: readonly NeuronGroup[];
  readonly tags: readonly NeuronGroupTags[];
  readonly subscriptions: readonly NeuronSubscriptions[];
  readonly settings: readonly NeuronSetting[];
}

export interface NeuronNode {
  readonly plugin: string;
  readonly name: string;
  readonly support_import_tags: boolean;
  readonly tags: string;
}

export interface NeuronGroup {
  readonly driver: string;
  readonly group: string;
  readonly tag_count: number;
  readonly interval: number;
}

export interface NeuronGroupTags {
  readonly driver: string;
  readonly group: string;
  readonly tags: readonly NeuronTag[];
}

export interface NeuronTag {
  readonly type: number;
  readonly name: string;
  readonly attribute: number;
  readonly precision: number;
  readonly decimal: number;
  readonly bias: number;
  readonly address: string;
  readonly description: string;
  readonly unit: string;
}

export interface NeuronSubscriptions {
  readonly app: string;
  readonly groups: readonly NeuronSubscription[];
}

export interface NeuronSubscription {
  readonly driver: string;
  readonly group: string;
  readonly params?: { readonly topic?: string };
  readonly static_tags?: unknown;
}

export interface NeuronSetting {
  readonly node: string;
  readonly params: Readonly<Record<string, unknown>>;
}
