import { useState } from "react";
import type { SiteView } from "#contract/views.ts";
import type { Program } from "#domain/gateway/program.ts";
import { useAct, useItem } from "../../../client/hooks.ts";
import { Button } from "../../../parts/Button.tsx";
import { Section } from "../../../parts/Step.tsx";
import { useWords } from "../../../words/language.ts";
import { OpenedProgram } from "./OpenedProgram.tsx";
import { ProgramSignIn } from "./ProgramSignIn.tsx";

/** One program: the way in, or what runs there and what the site wants of it. */
export function ProgramSection(props: { readonly program: Program; readonly head: SiteView["head"] }) {
  const { program, head } = props;
  const words = useWords().beside;
  const act = useAct();
  const view = useItem("programs", program);
  const [wanted, setWanted] = useState(false);
  return (
    <Section
      title={words.names[program]}
      says={view ? words.version(view.version, view.url) : words.says[program]}
      actions={
        view ? (
          <Button size="small" kind="quiet" onClick={() => void act("program.signOut", { program })}>
            {words.close}
          </Button>
        ) : (
          !wanted && (
            <Button size="small" icon="key" onClick={() => setWanted(true)}>
              {words.open[program]}
            </Button>
          )
        )
      }
    >
      {view ? (
        <OpenedProgram view={view} head={head} />
      ) : (
        wanted && <ProgramSignIn program={program} head={head} onClose={() => setWanted(false)} />
      )}
    </Section>
  );
}
