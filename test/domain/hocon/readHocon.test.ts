import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allEntries, wordAt } from "#domain/hocon/hocon.ts";
import { readHocon } from "#domain/hocon/readHocon.ts";
import { bridgedFile } from "../../support/nanomqFile.ts";

function read(text: string) {
  const result = readHocon(text);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.value;
}

describe("what NanoMQ takes is read", () => {
  test("the file that it was measured with, whole", () => {
    const file = read(bridgedFile(1883));

    expect(wordAt(file, ["bridges", "mqtt", "cloud", "server"])).toBe("mqtt-tcp://127.0.0.1:1883");
    expect(wordAt(file, ["http_server", "password"])).toBe("public");
    expect(allEntries(file).filter(({ path }) => path[0] === "bridges")).toHaveLength(20);
  });

  test("where each thing stands is known to the character", () => {
    const text = '# top\na {\n  b = "x # y" # end\n}\n';
    const found = allEntries(read(text)).find(({ path }) => path.join(".") === "a.b");

    expect(found && text.slice(found.entry.start, found.entry.end)).toBe('b = "x # y"');
    expect(found && text.slice(found.entry.value.start, found.entry.value.end)).toBe('"x # y"');
  });

  test.each([
    ["a comment in two forms", "# one\n// two\na = 1"],
    ["a colon and JSON's quotes", '"a": "b"'],
    ["a list of words on one line", "to = [file, console]"],
    ["a list of blocks, a line each", "a = [\n{\nb = 1\n},\n{\nb = 2\n}\n]"],
    ["a block that holds another file", 'acl = {include "/etc/acl.conf"}'],
    ["an empty block", "a {}"],
    ["Windows line ends and a mark at the start", "\uFEFFa = 1\r\nb {\r\nc = 2\r\n}\r\n"],
    ["nothing", ""],
  ])("%s", (_name, text) => {
    expect(readHocon(text)).toMatchObject({ ok: true });
  });
});

test.each([
  ["what ended the measured broker", "this is not { hocon", "noValue", 1, 6],
  ["pairs on one line", "a {b = 1, c = 2}", "oneLine", 1, 4],
  ["pairs beside each other", "a = 1, b = 2", "oneLine", 1, 6],
  ["a block in a list on one line", "a = [{\nb = 1\n}]", "oneLine", 1, 6],
  ["an open block", "a {\nb = 1\n", "endsEarly", 3, 1],
  ["an open list", "a = [\n1\n", "endsEarly", 1, 5],
  ["an open quotation", 'a = 1\nb = "x', "quoteOpen", 2, 5],
  ["a wrong escape", 'a = "\\q"', "badEscape", 1, 5],
  ["a key without a value", "a =\nb = 1", "noValue", 1, 4],
  ["a value without a key", "= 1", "noKey", 1, 1],
  ["a brace too many", "a = 1\n}", "stray", 2, 1],
  ["a substitution", `a = $\{b}`, "substitution", 1, 5],
])("%s is refused with its place", (_name, text, reason, line, column) => {
  expect(readHocon(text)).toMatchObject({
    ok: false,
    problem: { code: "hocon.syntax", reason, line, column },
  });
});

test("blocks nested too deep are refused, not fallen over", () => {
  expect(readHocon("a {\n".repeat(5000))).toMatchObject({ ok: false, problem: { reason: "tooDeep" } });
});

test("whatever the text, it is read or refused, and never thrown over", () => {
  const pieces = fc.constantFrom(
    "a",
    "=",
    "{",
    "}",
    "[",
    "]",
    "\n",
    '"',
    ",",
    " ",
    "#",
    "\\",
    ".",
    "${",
    "//",
    "é",
  );

  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
      const text = parts.join("");
      const result = readHocon(text);
      if (result.ok)
        for (const { entry } of allEntries(result.value)) expect(entry.end).toBeLessThanOrEqual(text.length);
      else expect(result.problem.code).toBe("hocon.syntax");
    }),
    { numRuns: 2000, seed: 5 },
  );
});
