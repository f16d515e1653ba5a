import { accept } from "./accept.ts";
import { bundle } from "./bundle.ts";
import { clone } from "./clone.ts";
import { demo } from "./demo.ts";
import { desktop } from "./desktop.ts";
import { detect } from "./detect.ts";
import { drill } from "./drill.ts";
import { gateway } from "./gateway.ts";
import { lint } from "./lint.ts";
import { plan } from "./plan.ts";
import { ports } from "./ports.ts";
import { profiles } from "./profiles.ts";
import { quality } from "./quality.ts";
import { read } from "./read.ts";
import { report } from "./report.ts";
import { resolve } from "./resolve.ts";
import { scan } from "./scan.ts";
import { simulate } from "./simulate.ts";
import { standin } from "./standin.ts";
import { tags } from "./tags.ts";
import { thing } from "./thing.ts";
import { trust } from "./trust.ts";
import { uplink } from "./uplink.ts";
import type { Verb } from "./verb.ts";
import { verify } from "./verify.ts";
import { web } from "./web.ts";
import { write } from "./write.ts";

export const verbs = {
  ports,
  detect,
  scan,
  quality,
  read,
  write,
  resolve,
  tags,
  profiles,
  thing,
  plan,
  lint,
  gateway,
  uplink,
  standin,
  drill,
  verify,
  accept,
  bundle,
  clone,
  report,
  trust,
  simulate,
  demo,
  web,
  desktop,
} as const satisfies Record<string, Verb>;
