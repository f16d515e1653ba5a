import { z } from "zod";
import { tagSchema } from "#domain/site/schema.ts";
import { importFormats } from "#domain/tables/formats.ts";
import { columns } from "#domain/tag/columns.ts";
import { orderLetters } from "#domain/tag/orderWord.ts";
import { failureView } from "./views.ts";

const area = z.enum(["coil", "discrete", "input", "holding"]);
const base = z.union([z.literal(0), z.literal(1)]);
const numbers = z.enum(["digit", "plain"]);

/** What a person says about a file of tags; what is left out is found out, remembered or asked for. */
export const importChoice = z.strictObject({
  format: z.enum(importFormats).exactOptional(),
  encoding: z.enum(["utf-8", "utf-16le", "utf-16be", "gb18030", "windows-1252"]).exactOptional(),
  sheet: z.string().exactOptional(),
  /** our column → its title in the file; "" leaves it out */
  columns: z.partialRecord(z.enum(columns), z.string()).exactOptional(),
  unitNumber: z.int().min(1).max(247).exactOptional(),
  area: area.exactOptional(),
  /** what the first register is called, where numbers stand bare */
  base: base.exactOptional(),
  /** bare numbers begin with an area digit (40001), or are registers as they are */
  numbers: numbers.exactOptional(),
  order: z.enum(orderLetters).exactOptional(),
  /** 0-based start of a SunSpec model, and its scale factors as read from the device: name → power of ten */
  start: z.int().min(0).max(65_535).exactOptional(),
  factors: z.record(z.string(), z.int().min(-10).max(10)).exactOptional(),
});

/** What an import would do, before it does it. Good rows can be taken without the bad. */
export const importPreview = z.strictObject({
  importId: z.string(),
  format: z.enum(importFormats),
  encoding: z.string(),
  sheets: z.array(z.string()),
  sheet: z.string(),
  /** the columns of a table and what each was taken for; null for formats that have none to choose */
  header: z
    .strictObject({
      row: z.number(),
      remembered: z.boolean(),
      columns: z.array(
        z.strictObject({
          title: z.string(),
          column: z.enum(columns).nullable(),
          samples: z.array(z.string()),
        }),
      ),
    })
    .nullable(),
  /** how its addresses were read; null is what nobody said */
  addresses: z.strictObject({
    unitNumber: z.number().nullable(),
    area: area.nullable(),
    base: base.nullable(),
    numbers: z.enum(["digit", "plain", "mixed"]).nullable(),
    order: z.enum(orderLetters).nullable(),
  }),
  rows: z.number(),
  /** titles, notes and repeated headers that are no rows */
  notes: z.number(),
  good: z.number(),
  added: z.number(),
  changed: z.number(),
  same: z.number(),
  /** tags of the same lines that the file does not name: they stay unless their removal is asked for */
  missing: z.number(),
  missingKeys: z.array(z.string()),
  /** the first good rows, as they would stand in the site */
  tags: z.array(
    z.strictObject({
      key: z.string(),
      tag: tagSchema,
      printed: z.string(),
      change: z.enum(["added", "changed", "same"]),
      /** which fields of a changed tag differ */
      fields: z.array(z.string()),
    }),
  ),
  problems: z.array(failureView),
});
