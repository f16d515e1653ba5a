import type { BytePipe } from "#capabilities/line.ts";
import type { SerialSettings } from "#domain/site/site.ts";
import type { GatewayAccess } from "./access.ts";
import { type App, startApp } from "./app/app.ts";
import { type Driver, startDriver } from "./driver/driver.ts";
import { openNodeLink } from "./driver/nodeLink.ts";
import type { Json } from "./json.ts";
import { type AppNode, type DriverNode, type GatewayNode, type Group, running } from "./model.ts";
import { error, Refusal } from "./refusal.ts";
import type { Registry } from "./registry.ts";

/** The nodes at work: starts and stops them, and carries values from drivers to apps. */
export interface Runtime {
  /** new parameters: a fresh node starts by itself, a running one reconnects, a stopped one stays stopped */
  configured(node: GatewayNode): void;
  start(node: GatewayNode): void;
  stop(node: GatewayNode): void;
  removed(node: GatewayNode): void;
  regrouped(node: DriverNode): void;
  /** a group's tags changed: nothing is known of any until the next round, and the apps are told so */
  retagged(node: DriverNode, group: Group): void;
  /** sends a group as it is known now to the apps that subscribe to it */
  report(node: DriverNode, group: Group): void;
  driverOf(node: DriverNode): Driver | undefined;
  appOf(node: AppNode): App | undefined;
  stopAll(): void;
}

export interface RuntimeWorld {
  /** the serial port of that name, or undefined where there is none */
  openPort(device: string, settings: SerialSettings): Promise<BytePipe | undefined>;
  now(): number;
}

export function makeRuntime(registry: Registry, world: RuntimeWorld, access: () => GatewayAccess): Runtime {
  const drivers = new Map<DriverNode, Driver>();
  const apps = new Map<AppNode, App>();

  function launch(node: GatewayNode): void {
    if (node.kind === "app") {
      apps.set(node, startApp(node, registry, access(), world.now));
      return;
    }
    const params = (node.params ?? {}) as Readonly<Record<string, Json>>;
    const link = openNodeLink(node.plugin, params, world.openPort);
    drivers.set(node, startDriver(node, { link, now: world.now, onRound: (group) => report(node, group) }));
  }

  function halt(node: GatewayNode): void {
    if (node.kind === "app") {
      apps.get(node)?.stop();
      apps.delete(node);
    } else {
      drivers.get(node)?.stop();
      drivers.delete(node);
    }
  }

  function report(node: DriverNode, group: Group): void {
    for (const { app, subscription } of registry.subscribers(node.name, group.name)) {
      apps.get(app)?.report(group, subscription);
    }
  }

  return {
    configured(node) {
      if (node.running === running.stopped) return;
      halt(node);
      node.running = running.running;
      launch(node);
    },
    start(node) {
      if (node.params === undefined) throw new Refusal(error.nodeNotReady);
      if (node.running === running.running) throw new Refusal(error.nodeRunning);
      node.running = running.running;
      launch(node);
    },
    stop(node) {
      if (node.running === running.stopped) throw new Refusal(error.nodeStopped);
      if (node.params === undefined) throw new Refusal(error.nodeNotReady);
      node.running = running.stopped;
      halt(node);
    },
    removed: halt,
    regrouped: (node) => drivers.get(node)?.retime(),
    retagged(node, group) {
      group.readings.clear();
      drivers.get(node)?.retime();
      if (group.tags.size > 0) report(node, group);
    },
    report,
    driverOf: (node) => drivers.get(node),
    appOf: (node) => apps.get(node),
    stopAll() {
      for (const node of [...drivers.keys(), ...apps.keys()]) halt(node);
    },
  };
}
