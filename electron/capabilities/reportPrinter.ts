/** Prints a page as PDF. Faults: pdf.noBrowser where nothing is there that could, pdf.failed. */
export interface ReportPrinter {
  /** @param html self-contained: nothing is fetched and nothing is run */
  print(html: string, signal: AbortSignal): Promise<Uint8Array>;
}
