import { useState } from "react";
import type { ProgramView } from "#contract/gatewayViews.ts";
import type { SiteView } from "#contract/views.ts";
import { newBridge } from "#domain/gateway/nanomq/newBridge.ts";
import { useAct } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { EmptyState } from "../../../parts/EmptyState.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./Beside.module.css";
import { BridgeForm } from "./BridgeForm.tsx";

/** The site's bridge in a line, with the way to change it; or the way to have one. */
export function BridgePlan({ view, head }: { readonly view: ProgramView; readonly head: SiteView["head"] }) {
  const words = useWords().beside;
  const act = useAct();
  const [editing, setEditing] = useState(false);
  const { bridge } = head;
  if (!bridge)
    return (
      <EmptyState icon="cloud" says={words.planEmpty}>
        <Button
          icon="plus"
          onClick={() => {
            const planned = newBridge(head, { url: view.url, user: view.user });
            setEditing(true);
            void act("site.edit", { edit: { kind: "setBridge", bridge: planned } });
          }}
        >
          {words.plan}
        </Button>
      </EmptyState>
    );
  if (editing) return <BridgeForm bridge={bridge} onClose={() => setEditing(false)} />;
  const list = (topics: readonly string[]) => topics.join(", ") || words.nothing;
  return (
    <div className={styles.plan}>
      <div className={styles.planText}>
        <p className={styles.planTitle}>{words.wants}</p>
        <p>
          <b>{bridge.name}</b>{" "}
          {words.summary(
            bridge.server,
            list(bridge.forwards.map(({ local }) => local)),
            list(bridge.subscriptions.map(({ remote }) => remote)),
          )}
        </p>
      </div>
      <Button size="small" icon="pencil" onClick={() => setEditing(true)}>
        {words.edit}
      </Button>
      <Button
        size="small"
        kind="quiet"
        onClick={() => void act("site.edit", { edit: { kind: "setBridge", bridge: null } })}
      >
        {words.drop}
      </Button>
    </div>
  );
}
