import { useState } from "react";
import type { GatewayView } from "#contract/views.ts";
import { isActive, useAct, useItem, useItems, useNewestJob } from "../../client/hooks.ts";
import { goTo } from "../../frame/place.ts";
import { Button } from "../../parts/Button.tsx";
import { StateIcon } from "../../parts/Chip.tsx";
import { EmptyState } from "../../parts/EmptyState.tsx";
import { Failure } from "../../parts/Failure.tsx";
import { JobProgress } from "../../parts/Progress.tsx";
import { Section, Step, StepHead } from "../../parts/Step.tsx";
import { useLanguage, useWords } from "../../words/language.ts";
import { number } from "../../words/numbers.ts";
import { Beside } from "./beside/Beside.tsx";
import { GatewayFacts } from "./GatewayFacts.tsx";
import { GatewayInspector } from "./GatewayInspector.tsx";
import styles from "./GatewayStep.module.css";
import { NewPassword } from "./NewPassword.tsx";
import { NodesTable } from "./NodesTable.tsx";
import { PlanSection } from "./PlanSection.tsx";
import { SignIn } from "./SignIn.tsx";
import { canTakeOver, TakeOver } from "./TakeOver.tsx";
import { Unfinished } from "./Unfinished.tsx";
import { useCounts } from "./useCounts.ts";

/** The gateway: sign in, what runs there, what the site would change. */
export function GatewayStep() {
  const { gateway: words, frame } = useWords();
  const site = useItem("site", "site");
  const gateway = useItem("gateway", "gateway");
  if (gateway) return <SignedIn gateway={gateway} />;
  return (
    <Step head={<StepHead title={words.title} says={words.signInSays} />}>
      {site ? (
        <SignIn key={site.path} head={site.head} />
      ) : (
        <EmptyState icon="gateway" says={words.noSite}>
          <Button kind="primary" onClick={() => goTo("site")}>
            {frame.goTo(frame.steps.site)}
          </Button>
        </EmptyState>
      )}
      <Beside />
    </Step>
  );
}

function SignedIn({ gateway }: { readonly gateway: GatewayView }) {
  const words = useWords().gateway;
  const language = useLanguage();
  const act = useAct();
  const job = useNewestJob("snapshot");
  const link = useItem("links", "gateway");
  const [node, setNode] = useState<string | undefined>(undefined);
  const counts = useCounts();
  const isOffered = canTakeOver(gateway, useItems("tags").length);
  const chosen = gateway.nodes.find((candidate) => candidate.node === node);
  return (
    <Step
      head={
        <StepHead title={words.title} says={words.says}>
          <Button onClick={() => void act("gateway.signOut", {})}>{words.signOut}</Button>
          <Button
            kind={isOffered || gateway.unfinishedSince !== null ? "plain" : "primary"}
            icon="camera"
            busy={isActive(job)}
            onClick={() => void act("job.snapshot", {})}
          >
            {words.snapshot}
          </Button>
        </StepHead>
      }
      inspector={<GatewayInspector gateway={gateway} node={chosen} counts={counts.get(node ?? "")} />}
    >
      <Unfinished gateway={gateway} />
      {link?.failure && <Failure failure={link.failure} />}
      <JobProgress job={job} label={words.snapshotRunning} />
      {job?.failure && job.state === "failed" && <Failure failure={job.failure} />}
      <GatewayFacts gateway={gateway} />
      {gateway.defaultPassword && <NewPassword />}
      {job?.state === "done" && (
        <p className={styles.kept} role="status">
          <StateIcon state="ok" />
          {words.snapshotKept(number(language, job.detail.nodes), number(language, job.detail.tags))}
        </p>
      )}
      <Section title={words.nodes} says={words.nodesSays(gateway.nodes.length)}>
        <NodesTable nodes={gateway.nodes} counts={counts} selected={node} onSelect={setNode} />
      </Section>
      <TakeOver gateway={gateway} />
      <PlanSection />
      <Beside />
    </Step>
  );
}
