import type { NeuronSubscription, NeuronTag } from "./neuronConfig.ts";

/** One change that a gateway makes whole or not at all, save `removeTags`: that stops at the first unknown name. */
export type GatewayChange =
  | { readonly kind: "addNode"; readonly node: string; readonly plugin: string; readonly tags: string }
  /** removing takes its groups, tags and every subscription to it along */
  | { readonly kind: "removeNode" | "startNode" | "stopNode"; readonly node: string }
  /** starts a node that never had settings, makes a running one connect anew */
  | {
      readonly kind: "setSettings";
      readonly node: string;
      readonly params: Readonly<Record<string, unknown>>;
    }
  | {
      readonly kind: "addGroup" | "setInterval";
      readonly node: string;
      readonly group: string;
      readonly intervalMs: number;
    }
  | { readonly kind: "removeGroup"; readonly node: string; readonly group: string }
  | {
      readonly kind: "addTags" | "changeTags";
      readonly node: string;
      readonly group: string;
      readonly tags: readonly NeuronTag[];
    }
  | {
      readonly kind: "removeTags";
      readonly node: string;
      readonly group: string;
      readonly names: readonly string[];
    }
  | {
      readonly kind: "subscribe" | "resubscribe";
      readonly app: string;
      readonly subscription: NeuronSubscription;
    }
  | {
      readonly kind: "unsubscribe";
      readonly app: string;
      readonly driver: string;
      readonly group: string;
    };
