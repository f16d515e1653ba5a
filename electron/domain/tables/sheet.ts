/** Cells of one table as text. `rows[0]` is the first line of the file or sheet, blank ones included. */
export interface Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
}

/** No table for tags is larger; what is larger is damaged or a bomb. */
export const mostRows = 500_000;
export const mostColumns = 1_000;
