import { sayFinding } from "#contract/words/say.ts";
import { accountOptions, openSite, signIn, withSession } from "./session.ts";
import { done, type Verb } from "./verb.ts";

export const lint: Verb = {
  usage: "lint SITE | lint SITE --gateway URL [--user U] [--password P]   (what the gateway runs now)",
  options: { gateway: { type: "string" }, ...accountOptions },
  run: (call) =>
    withSession(call, {}, async (session) => {
      await openSite(session, call.words[0]);
      const { gateway } = call.options;
      if (typeof gateway === "string") await signIn(session, call, gateway);
      const found = await session.call("tags.lint", { of: typeof gateway === "string" ? "gateway" : "site" });
      const { counts, findings } = found;
      for (const finding of findings) {
        const { says, try: advice } = sayFinding(call.terminal.language, finding);
        const place = finding.tag ?? [finding.line, finding.group].filter((part) => part !== null).join("/");
        call.terminal.line(`${finding.severity} ${finding.id} (${place}): ${says}`);
        call.terminal.line(`  ${advice}`);
      }
      const { error, warning, notice } = counts;
      call.terminal.line(`${error} errors · ${warning} warnings · ${notice} notices`);
      return done(found, error === 0);
    }),
};
