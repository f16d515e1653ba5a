import { type Html, html } from "./html.ts";

/**
 * A QR code as a drawing, four squares of white around it as ISO/IEC 18004 wants.
 *
 * @param squares rows from the top, true where it is dark
 */
export function qr(squares: readonly (readonly boolean[])[]): Html {
  const size = squares.length + 8;
  const path = squares.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : [])),
  );
  return html`<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="QR"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path.join("")}" fill="#000"/></svg>`;
}
