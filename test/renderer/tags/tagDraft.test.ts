import { describe, expect, test } from "vitest";
import { draftOfTag, newDraft, readDraft, sameDraft } from "#renderer/steps/tags/tagDraft.ts";

const draft = newDraft("l1", "pump", "flow", 3);
const free = () => false;

describe("reading a draft", () => {
  test("a whole draft becomes a tag, and the tag the same draft again", () => {
    const typed = { ...draft, address: "3!400102#BL", type: "float" as const, scale: "0.1", unit: " l/s " };

    const { tag } = readDraft(typed, free);

    expect(tag).toMatchObject({ name: "flow", scale: 0.1, unit: "l/s" });
    expect(tag?.address).toEqual({ unit: 3, area: "holding", offset: 101, order: "BL" });
    expect(tag && readDraft(draftOfTag(tag), free).tag).toEqual(tag);
  });

  test("each wrong field has its own problem", () => {
    const { problems } = readDraft(
      { ...draft, name: " ", group: "", address: "3!9", scale: "x", bias: "" },
      free,
    );

    expect(problems?.name?.code).toBe("tag.nameMissing");
    expect(problems?.group?.code).toBe("name.empty");
    expect(problems?.address?.code).toBe("address.malformed");
    expect(problems?.scale?.code).toBe("tag.numberInvalid");
    expect(problems?.bias?.code).toBe("tag.numberInvalid");
  });

  test("a name that another tag has is refused at the name", () => {
    expect(readDraft(draft, (key) => key === "l1/pump/flow").problems?.name?.code).toBe("tag.duplicate");
  });

  test("writing to a read-only area is refused at the access", () => {
    const typed = { ...draft, address: "3!300001", access: ["read", "write"] as const };

    expect(readDraft(typed, free).problems).toEqual({
      access: expect.objectContaining({ code: "tag.accessUnfit" }),
    });
  });

  test("a scaled bit is refused at the scale", () => {
    const typed = { ...draft, type: "bit" as const, address: "3!000001", scale: "10" };

    expect(Object.keys(readDraft(typed, free).problems ?? {})).toEqual(["scale"]);
  });
});

test("a draft is changed once any field is", () => {
  expect(sameDraft(draft, { ...draft, access: ["read"] })).toBe(true);
  expect(sameDraft(draft, { ...draft, access: ["read", "write"] })).toBe(false);
  expect(sameDraft(draft, { ...draft, scale: "2" })).toBe(false);
});

test("accesses are kept in the gateway's order, however they were ticked", () => {
  expect(readDraft({ ...draft, access: ["write", "read"] }, free).tag?.access).toEqual(["read", "write"]);
});
