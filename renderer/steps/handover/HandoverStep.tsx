import { useItem } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { Step, StepHead } from "../../parts/Step.tsx";
import { Tabs, useTab } from "../../parts/Tabs.tsx";
import { useWords } from "../../words/language.ts";
import { ApplyPanel } from "./ApplyPanel.tsx";
import { AcceptancePanel } from "./acceptance/AcceptancePanel.tsx";
import { BundleCheckPanel } from "./BundleCheckPanel.tsx";
import { BundlePanel } from "./BundlePanel.tsx";
import { ClonePanel } from "./clone/ClonePanel.tsx";
import styles from "./HandoverStep.module.css";
import { ReceiptPanel } from "./ReceiptPanel.tsx";
import { ReportPanel } from "./report/ReportPanel.tsx";
import { TrustPanel } from "./trust/TrustPanel.tsx";

/** The end of the visit: the design goes into the gateway, a signed bundle stays behind, any bundle can be checked. */
export function HandoverStep() {
  const words = useWords().handover;
  const site = useItem("site", "site");
  const tab = useTab("handover");
  return (
    <Step head={<StepHead title={words.title} says={words.purpose} />}>
      {site === undefined && (
        <EmptyState icon="file" says={words.noSite}>
          <Button kind="primary" onClick={() => goTo("site")}>
            {words.goToSite}
          </Button>
        </EmptyState>
      )}
      <Tabs
        tab={tab}
        label={words.title}
        tabs={[
          {
            key: "bundle",
            title: words.tabs.bundle,
            content: (
              <div className={styles.columns}>
                {site !== undefined && <ApplyPanel />}
                <div className={styles.bundles}>
                  {site !== undefined && <BundlePanel />}
                  {site !== undefined && <ReceiptPanel />}
                  <BundleCheckPanel />
                </div>
              </div>
            ),
          },
          ...(site !== undefined
            ? [
                { key: "acceptance", title: words.tabs.acceptance, content: <AcceptancePanel /> },
                { key: "report", title: words.tabs.report, content: <ReportPanel /> },
              ]
            : []),
          { key: "trust", title: words.tabs.trust, content: <TrustPanel /> },
          ...(site !== undefined
            ? [{ key: "clone", title: words.tabs.clone, content: <ClonePanel key={site.path} /> }]
            : []),
        ]}
      />
    </Step>
  );
}
