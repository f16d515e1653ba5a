import protobuf from "protobufjs";

/** Messages as other programs would make them, by another implementation of Protocol Buffers. */
const { root } = protobuf.parse(`
  syntax = "proto2";
  message Report { required string node = 1; required string group = 2; required int64 timestamp = 3; repeated Item tags = 4; }
  message Item { required string name = 1; oneof item { Held value = 2; int32 error = 3; } optional int32 q = 4; optional int64 t = 5; }
  message Held { oneof value { int64 whole = 1; float real = 2; string text = 3; bool truth = 4; } }
  message Payload { optional uint64 timestamp = 1; repeated Metric metrics = 2; optional uint64 seq = 3; optional string uuid = 4; optional bytes body = 5; }
  message Metric {
    optional string name = 1; optional uint64 alias = 2; optional uint64 timestamp = 3; optional uint32 datatype = 4;
    optional bool isHistorical = 5; optional bool isTransient = 6; optional bool isNull = 7;
    oneof value { uint32 int = 10; uint64 long = 11; float float = 12; double double = 13; bool boolean = 14;
      string text = 15; bytes bytes = 16; DataSet set = 17; Template template = 18; }
  }
  message DataSet { optional uint64 width = 1; repeated string columns = 2; repeated uint32 types = 3; repeated Row rows = 4; }
  message Row { repeated Cell elements = 1; }
  message Cell { oneof value { uint32 int = 1; uint64 long = 2; float float = 3; double double = 4; bool boolean = 5; string text = 6; } }
  message Template { optional string version = 1; repeated Metric metrics = 2; }
`);

export function encoded(kind: "Report" | "Payload", message: object): Uint8Array {
  const type = root.lookupType(kind);
  return type.encode(type.fromObject(message)).finish();
}

/** A variable of the gateway's custom schema, as it stands in the schema's text. */
export const variable = (name: string) => ["$", "{", name, "}"].join("");
