import { Component, type ReactNode } from "react";
import { Button } from "../parts/Button.tsx";
import { EmptyState } from "../parts/EmptyState.tsx";
import { useWords } from "../words/language.ts";

/** Keeps a mistake of one step from taking the whole page with it. */
export class Broken extends Component<{ readonly children: ReactNode }, { readonly broke: boolean }> {
  override state = { broke: false };

  static getDerivedStateFromError(): { broke: boolean } {
    return { broke: true };
  }

  override render(): ReactNode {
    return this.state.broke ? <BrokenStep /> : this.props.children;
  }
}

function BrokenStep() {
  const words = useWords().frame;
  return (
    <EmptyState icon="warn" says={`${words.stepBroke} ${words.stepBrokeTry}`}>
      <Button kind="primary" onClick={() => location.reload()}>
        {words.reload}
      </Button>
    </EmptyState>
  );
}
