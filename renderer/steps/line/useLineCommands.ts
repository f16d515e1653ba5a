import { useMemo } from "react";
import type { Line } from "#domain/site/site.ts";
import { type Command, useCommands } from "../../frame/commands.tsx";
import { useWords } from "../../words/language.ts";

/** What can be done with a line and its chosen unit, in the palette of all actions. */
export function useLineCommands(
  line: Line,
  unit: number | undefined,
  does: {
    readonly scan: () => void;
    readonly detect: () => void;
    readonly certify: (units: readonly number[]) => void;
  },
): void {
  const words = useWords().line;
  const commands = useMemo<readonly Command[]>(
    () => [
      { id: "line.scan", label: `${words.scan}: ${line.name}`, run: does.scan },
      ...(line.kind === "serial"
        ? [{ id: "line.detect", label: `${words.detect.start}: ${line.name}`, run: does.detect }]
        : []),
      ...(line.units.length > 0
        ? [
            {
              id: "line.certifyAll",
              label: `${words.certify.line.start(line.units.length)}: ${line.name}`,
              run: () => does.certify(line.units.map(({ number }) => number)),
            },
          ]
        : []),
      ...(unit === undefined
        ? []
        : [
            {
              id: "line.certify",
              label: `${words.certify.start}: ${words.unitTitle(unit)}`,
              run: () => does.certify([unit]),
            },
          ]),
    ],
    [words, line.name, line.kind, line.units, unit, does],
  );
  useCommands(commands);
}
