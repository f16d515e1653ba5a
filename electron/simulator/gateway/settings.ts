import { customVariables } from "./app/customFormat.ts";
import { isObject, type Json, type JsonObject, parseJson } from "./json.ts";

/**
 * Tells whether the gateway takes these parameters. It looks for missing ones and a few values only: ranges and
 * JSON types pass unchecked, as measured.
 */
export function acceptsSettings(plugin: string, params: JsonObject): boolean {
  switch (plugin) {
    case "Modbus TCP":
      return has(params, "connection_mode", "host", "port", "timeout", "interval") && params.timeout !== 0;
    case "Modbus RTU":
      if (!has(params, "link", "timeout", "interval")) return false;
      return params.link === 0
        ? has(params, "device", "stop", "parity", "baud", "data")
        : has(params, "connection_mode", "host", "port");
    case "MQTT":
      return acceptsMqtt(params);
    case "eKuiper":
      return has(params, "host", "port");
    default:
      return true;
  }
}

function acceptsMqtt(params: JsonObject): boolean {
  if (!has(params, "client-id", "format", "host", "port") || params["client-id"] === "") return false;
  if (!inRange(params.format, 0, 4) || !inRange(params.qos ?? 0, 0, 2) || !inRange(params.port, 1, 65_535))
    return false;
  if (params.format === 3 && !acceptsCustomSchema(params.schema)) return false;
  if (params.upload_drv_state === true && !has(params, "upload_drv_state_topic")) return false;
  if (params.ssl === true && !isBase64(params.ca)) return false;
  // Leaving the cache out switches it on, and then its sizes are needed.
  if (params["offline-cache"] === false) return true;
  const memory = params["cache-mem-size"];
  const disk = params["cache-disk-size"];
  if (!inRange(memory, 1, 1024) || !inRange(disk, 1, 10_240) || Number(memory) > Number(disk)) return false;
  return inRange(params["cache-sync-interval"] ?? 100, 10, 120_000);
}

function acceptsCustomSchema(schema: Json | undefined): boolean {
  const document = typeof schema === "string" ? parseJson(schema) : undefined;
  return isObject(document) && acceptsCustomObject(document, 1);
}

function acceptsCustomObject(document: JsonObject, depth: number): boolean {
  return Object.entries(document).every(([key, value]) => {
    if (key.length > 127) return false;
    if (isObject(value)) return depth < 3 && acceptsCustomObject(value, depth + 1);
    if (typeof value !== "string" || value.length > 127) return false;
    return !value.startsWith("${") || customVariables.has(value);
  });
}

function has(params: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => params[name] !== undefined && params[name] !== null);
}

function inRange(value: Json | undefined, min: number, max: number): boolean {
  return typeof value === "number" && value >= min && value <= max;
}

function isBase64(value: Json | undefined): boolean {
  return (
    typeof value === "string" &&
    value.length > 0 &&
    /^[A-Za-z0-9+/\s]+=*\s*$/.test(value) &&
    value.length % 4 === 0
  );
}
