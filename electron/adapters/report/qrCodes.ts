import qrcode from "qrcode";
import type { QrCodes } from "#capabilities/qrCodes.ts";

/** @see ISO/IEC 18004; a quarter of the picture may be soiled */
export const qrCodes: QrCodes = {
  squares(text) {
    const { modules } = qrcode.create(text, { errorCorrectionLevel: "M" });
    return Array.from({ length: modules.size }, (_, row) =>
      Array.from({ length: modules.size }, (_, column) => modules.get(row, column) === 1),
    );
  },
};
