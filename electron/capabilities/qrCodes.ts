/** QR codes as pictures of squares. */
export interface QrCodes {
  /** rows from the top, true where it is dark; no quiet zone around */
  squares(text: string): readonly (readonly boolean[])[];
}
