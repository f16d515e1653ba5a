import type { Words } from "../language.ts";
import { acceptance } from "./acceptance.ts";
import { advice } from "./advice.ts";
import { beside } from "./beside.ts";
import { clone } from "./clone.ts";
import { drill } from "./drill.ts";
import { frame } from "./frame.ts";
import { gateway } from "./gateway.ts";
import { gatewayFind } from "./gatewayFind.ts";
import { handover } from "./handover.ts";
import { line } from "./line.ts";
import { parts } from "./parts.ts";
import { site } from "./site.ts";
import { standin } from "./standin.ts";
import { tags } from "./tags.ts";
import { tagWork } from "./tagWork.ts";
import { trust } from "./trust.ts";
import { uplink } from "./uplink.ts";
import { verify } from "./verify.ts";
import { wire } from "./wire.ts";

export const zh: Words = {
  clone,
  frame,
  parts,
  site,
  gateway,
  gatewayFind,
  beside,
  line,
  tags,
  tagWork,
  trust,
  uplink,
  standin,
  advice,
  drill,
  verify,
  handover,
  acceptance,
  wire,
};
