import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";

/** One line of the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly run: () => void;
  /** stands after the others, which belong to the step that is shown */
  readonly isLast?: boolean;
}

interface Registry {
  readonly commands: ReadonlyMap<object, readonly Command[]>;
  readonly put: (owner: object, commands: readonly Command[]) => void;
  readonly drop: (owner: object) => void;
}

const CommandsContext = createContext<Registry | null>(null);

export function CommandsProvider({ children }: { readonly children: ReactNode }) {
  const [commands, setCommands] = useState<ReadonlyMap<object, readonly Command[]>>(new Map());
  const registry = useMemo(
    () => ({
      commands,
      put: (owner: object, list: readonly Command[]) =>
        setCommands((before) => new Map(before).set(owner, list)),
      drop: (owner: object) =>
        setCommands((before) => new Map([...before].filter(([candidate]) => candidate !== owner))),
    }),
    [commands],
  );
  return <CommandsContext value={registry}>{children}</CommandsContext>;
}

/**
 * Puts actions into the Ctrl+K palette for as long as the component is shown. Give the same array until it changes
 * (useMemo).
 */
export function useCommands(list: readonly Command[]): void {
  const registry = use(CommandsContext);
  const [owner] = useState(() => ({}));
  const put = registry?.put;
  const drop = registry?.drop;
  // biome-ignore lint/correctness/useExhaustiveDependencies: put and drop only hand on to a state setter
  useEffect(() => {
    put?.(owner, list);
    return () => drop?.(owner);
  }, [list, owner]);
}

export function useAllCommands(): readonly Command[] {
  const registry = use(CommandsContext);
  const all = [...(registry?.commands.values() ?? [])].flat();
  return [...all.filter((command) => !command.isLast), ...all.filter((command) => command.isLast)];
}
