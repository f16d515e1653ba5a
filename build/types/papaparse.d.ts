/** The part of papaparse that tests and benches hold our own reader against. */
declare module "papaparse" {
  interface ParseError {
    readonly type: string;
    readonly row?: number;
  }
  const Papa: {
    parse<Row>(
      text: string,
      settings?: { readonly delimiter?: string; readonly newline?: string },
    ): { readonly data: Row[]; readonly errors: readonly ParseError[] };
  };
  export default Papa;
}
