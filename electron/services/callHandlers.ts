import type { CallName } from "#contract/contract.ts";
import type { Workbench } from "#contract/server.ts";
import { fromBase64, toBase64 } from "#domain/bundle/base64.ts";
import { proposedRange } from "#domain/network/hostRange.ts";
import { ProblemError } from "#domain/problem.ts";
import type { SiteEdit } from "#domain/site/edit.ts";
import { newSite } from "#domain/site/newSite.ts";
import { keepPhoto, photoName, readPhoto } from "./acceptance/photos.ts";
import { checkBundle, keepReceipt } from "./bundleDesk.ts";
import { emptyTable, lookAtTable } from "./clone/lookAtTable.ts";
import { compareGateway } from "./gatewayCompare.ts";
import { gatewayCounts } from "./gatewayCounts.ts";
import { takeFromGateway } from "./gatewayTake.ts";
import { pairGateway } from "./pairGateway.ts";
import type { Parts } from "./parts.ts";
import { keepRuleSecrets, withoutRuleSecrets } from "./programs/openEkuiper.ts";
import { bridgeSecret, fileText } from "./programs/openNanomq.ts";
import { bytesOf, checkReport } from "./report/checkReport.ts";
import { openTraining, startTrainingOf } from "./trainingDesk.ts";
import { keptDocuments, newestRoot } from "./trustDesk.ts";
import { uplinkKeySecret, uplinkSecret } from "./uplinkSecrets.ts";

type Answered = Exclude<CallName, `job.${string}` | `trust.${string}`>;

/** The calls that answer at once. */
export function callHandlers(parts: Parts): Pick<Workbench["handlers"], Answered> {
  const {
    world,
    tables,
    desk,
    lines,
    live,
    gateway,
    probe,
    programs,
    files,
    tags,
    lint,
    profiles,
    things,
    acceptance,
    inTurn,
    leave,
    tellInterrupted,
  } = parts;
  const { crypto } = world;
  const keptRoot = async () => {
    const root = newestRoot(await keptDocuments(world));
    return root && toBase64(root.bytes);
  };
  return {
    "app.info": async () => ({ version: world.version, host: world.host }),
    "sites.list": async () => [...(await world.sites.list())],
    "site.create": async ({ name, path }) => {
      if (name.trim() === "")
        throw new ProblemError({ code: "name.empty", what: "site", at: { field: "name" } });
      await inTurn(async () => {
        await leave();
        await desk.create(newSite(crypto.randomId(), name, path));
      });
      return {};
    },
    "site.open": async ({ path }) => {
      await inTurn(async () => {
        if (path !== desk.path || !desk.isWritable) await leave();
        const isNew = path !== desk.path;
        await desk.open(path);
        if (isNew) await tellInterrupted();
        await startTrainingOf(world, tables, desk);
      });
      return {};
    },
    "site.training": async () => {
      await inTurn(async () => {
        if (desk.path && desk.site().training) return;
        await leave();
        await openTraining(world, tables, desk);
        await tellInterrupted();
      });
      return {};
    },
    "training.table": async () => ({ name: "training tags.csv", text: await world.training.tagTable() }),
    "site.close": async () => {
      await inTurn(leave);
      return {};
    },
    "site.edit": async ({ edit }) => {
      const rules = edit.kind === "setRules" ? edit.rules : null;
      // What a person types into an action is kept apart before anything else of it is.
      if (rules) await keepRuleSecrets(world, desk.site(), rules.rules);
      desk.edit((rules ? { kind: "setRules", rules: withoutRuleSecrets(rules) } : edit) as SiteEdit);
      return {};
    },
    "site.undo": async () => {
      desk.undo();
      return {};
    },
    "site.redo": async () => {
      desk.redo();
      return {};
    },
    "ports.list": async () => [...(await world.ports.list())],
    "line.read": async ({ line: id, unit, area, offset, count, through }, signal) => {
      if (through === "gateway") {
        const name = desk.site().lines.find((line) => line.id === id)?.name ?? id;
        const place = { unit, area, offset, count };
        const probed = await probe.read(gateway.session(), gateway.probeNode(name), place, signal);
        return { ...probed, words: [...probed.words] };
      }
      const traffic = lines.traffic(id);
      const timeoutMs = desk.site().lines.find((line) => line.id === id)?.timeoutMs ?? 1000;
      const options = { timeoutMs, priority: "person" } as const;
      const { words, at, latencyMs } = await traffic.read(unit, area, offset, count, options, signal);
      return { words: [...words], at, latencyMs };
    },
    "networks.list": async () =>
      world.discovery
        .networks()
        .map(({ name, address, prefix }) => ({ name, range: proposedRange(address, prefix) })),
    "line.close": async ({ line }) => {
      await lines.close(line);
      return {};
    },
    "gateway.signIn": async ({ user, password, ...asked }) => {
      await gateway.signIn(asked, user, password);
      return {};
    },
    "gateway.signOut": async () => {
      await probe.close();
      gateway.signOut();
      return {};
    },
    "gateway.pair": (identity) => pairGateway(world, desk, identity),
    "gateway.plan": () => probe.apart(gateway.plan),
    "gateway.diff": ({ uploadId }, signal) =>
      probe.apart(() =>
        compareGateway(world, gateway, uploadId === null ? undefined : files.take(uploadId), signal),
      ),
    "gateway.take": ({ take }, signal) =>
      probe.apart(() => takeFromGateway(world, desk, gateway, take, signal)),
    "gateway.counts": (_, signal) => gatewayCounts(gateway.session(), signal),
    "gateway.setPassword": async ({ password }, signal) => {
      await gateway.setPassword(password, signal);
      return {};
    },
    "program.signIn": async ({ program, uploadId, ...account }, signal) => {
      const file = uploadId === null ? undefined : fileText(files.take(uploadId));
      await programs.signIn(program, { ...account, file }, signal);
      return {};
    },
    "program.signOut": async ({ program }) => {
      programs.signOut(program);
      return {};
    },
    "program.diff": ({ program }, signal) => programs.compare(program, signal),
    "program.take": async ({ program, item }, signal) => {
      await programs.take(program, item, signal);
      return {};
    },
    "bridge.setPassword": async ({ password }) => {
      await world.secrets.set(bridgeSecret(desk.site()), password);
      programs.siteChanged();
      return {};
    },
    "uplink.setPassword": async ({ password }) => {
      await world.secrets.set(uplinkSecret(desk.site()), password);
      return {};
    },
    "uplink.setKey": async ({ key }) => {
      if (key === "") await world.secrets.remove(uplinkKeySecret(desk.site()));
      else await world.secrets.set(uplinkKeySecret(desk.site()), key);
      return {};
    },
    "live.start": async () => {
      live.start();
      return {};
    },
    "live.stop": async () => {
      await live.stop();
      return {};
    },
    "clone.look": ({ uploadId }, signal) =>
      lookAtTable(world, desk.site(), fromBase64(files.take(uploadId)) ?? new Uint8Array(), signal),
    "clone.table": async () => emptyTable(desk.site(), files),
    "upload.append": async ({ id, text }) => {
      files.append(id, text);
      return {};
    },
    "tags.preview": (input, signal) => tags.preview(input, signal),
    "tags.import": ({ importId, removeMissing }, signal) =>
      tags.take(importId, removeMissing === true, signal),
    "tags.export": ({ format, line }, signal) => tags.export(format ?? "csv", line, signal),
    "tags.fromProfile": (input) => profiles.tags(input),
    "profiles.list": () => profiles.list(),
    "profiles.propose": ({ seen }) => profiles.propose(seen),
    "thing.export": async ({ format }) => things.export(format),
    "thing.import": async (input) => things.import(input),
    "tags.plan": (_, signal) => lint.plan(signal),
    "tags.lint": ({ of }, signal) => (of === "site" ? lint.lint(signal) : lint.lintGateway(signal)),
    "bundle.check": async ({ uploadId, rootId, receiptId }) =>
      checkBundle(
        world,
        files.take(uploadId),
        rootId === undefined ? await keptRoot() : files.take(rootId),
        receiptId === undefined ? undefined : files.take(receiptId),
      ),
    "bundle.receipt": ({ uploadId }) => keepReceipt(world, desk, files.take(uploadId)),
    "checklists.list": () => acceptance.checklists(),
    "acceptance.plan": async ({ checklists }) => {
      await acceptance.plan(checklists);
      return {};
    },
    "acceptance.record": async ({ act }) => {
      await acceptance.record(act);
      return {};
    },
    "acceptance.sign": async (input) => {
      await acceptance.sign(input);
      return {};
    },
    "acceptance.photo": ({ uploadId }) => keepPhoto(world, desk, bytesOf(files.take(uploadId))),
    "photo.read": async ({ sha256 }) => {
      const photo = acceptance.state().photos.find((one) => one.sha256 === sha256);
      if (photo === undefined) throw new ProblemError({ code: "photo.missing", photo: sha256 });
      return files.offer(photoName(photo), await readPhoto(world, desk, photo));
    },
    "report.check": async ({ uploadId, evidenceId, bundleId, receiptId, rootId }) => {
      const given = (id: string | undefined) => (id === undefined ? undefined : bytesOf(files.take(id)));
      return checkReport(world, {
        report: bytesOf(files.take(uploadId)),
        evidence: given(evidenceId),
        bundle: given(bundleId),
        receipt: given(receiptId),
        root: given(rootId),
      });
    },
    "download.read": async ({ id, offset }) => {
      const { bytes, next, done } = files.read(id, offset);
      return { base64: toBase64(bytes), next, done };
    },
  };
}
