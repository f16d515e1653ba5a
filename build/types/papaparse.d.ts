/** The part of papaparse that the domain uses: its own types bring in node, which the domain must not see. */
declare module "papaparse" {
  interface ParseError {
    readonly type: string;
    readonly row?: number;
  }
  const Papa: {
    parse<Row>(
      text: string,
      settings: { readonly delimiter: string; readonly preview?: number },
    ): { readonly data: Row[]; readonly errors: readonly ParseError[] };
    unparse(rows: readonly (readonly (string | number)[])[]): string;
  };
  export default Papa;
}
