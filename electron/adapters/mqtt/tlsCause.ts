/** Why a TLS handshake failed, as a word that the screen explains. */
export type TlsCause =
  | "expired"
  | "notYetValid"
  | "clockHere"
  | "clockThere"
  | "unknownAuthority"
  | "selfSigned"
  | "missingIntermediate"
  | "wrongName"
  | "addressNotNamed"
  | "clientCertificateRequired"
  | "clientCertificateUnknown"
  | "clientCertificateExpired"
  | "keyMissing"
  | "keyUnreadable"
  | "keyMismatch"
  | "weak"
  | "sniNeeded"
  | "notTls"
  | "proxy"
  | "silent"
  | "other";

// The names are OpenSSL's (X509_V_ERR_…) and node's; the alerts' names differ a little in Electron's BoringSSL.
const causes: Readonly<Record<string, TlsCause>> = {
  CERT_HAS_EXPIRED: "expired",
  CRL_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "notYetValid",
  CRL_NOT_YET_VALID: "notYetValid",
  DEPTH_ZERO_SELF_SIGNED_CERT: "selfSigned",
  SELF_SIGNED_CERT_IN_CHAIN: "unknownAuthority",
  UNABLE_TO_GET_ISSUER_CERT: "unknownAuthority",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "unknownAuthority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "unknownAuthority",
  CERT_SIGNATURE_FAILURE: "unknownAuthority",
  CERT_UNTRUSTED: "unknownAuthority",
  CERT_REJECTED: "unknownAuthority",
  INVALID_CA: "unknownAuthority",
  ERR_TLS_CERT_ALTNAME_INVALID: "wrongName",
  HOSTNAME_MISMATCH: "wrongName",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: "clientCertificateRequired",
  ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED: "clientCertificateRequired",
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: "clientCertificateRequired",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: "clientCertificateUnknown",
  ERR_SSL_TLSV1_ALERT_ACCESS_DENIED: "clientCertificateUnknown",
  ERR_SSL_TLSV1_ALERT_DECRYPT_ERROR: "clientCertificateUnknown",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: "clientCertificateUnknown",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: "clientCertificateUnknown",
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: "clientCertificateUnknown",
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: "clientCertificateExpired",
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: "sniNeeded",
  ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME: "sniNeeded",
  ERR_SSL_WRONG_VERSION_NUMBER: "notTls",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "notTls",
  ERR_SSL_HTTP_REQUEST: "notTls",
  CA_MD_TOO_WEAK: "weak",
  CA_KEY_TOO_SMALL: "weak",
  EE_KEY_TOO_SMALL: "weak",
  ERR_SSL_CA_MD_TOO_WEAK: "weak",
  ERR_SSL_DH_KEY_TOO_SMALL: "weak",
  ERR_SSL_EE_KEY_TOO_SMALL: "weak",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "weak",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "weak",
  ERR_SSL_TLSV1_ALERT_INSUFFICIENT_SECURITY: "weak",
  ERR_SSL_NO_CIPHERS_AVAILABLE: "weak",
};

// A server that finds no cipher in common says this at once, one that misses our certificate after showing its own.
const handshakeFailures = ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "ERR_SSL_TLSV1_ALERT_HANDSHAKE_FAILURE"];

/** What is known of the two certificates when an error comes. */
export interface TlsState {
  /** the server had presented its certificate */
  readonly certificateShown: boolean;
  /** what was to be said of ours by this machine's clock; none: we have none to show */
  readonly ours: "none" | "valid" | "invalid";
}

/**
 * @param code node's code of the error, for example CERT_HAS_EXPIRED
 * @returns undefined for a code that does not come from TLS, such as a connection that was merely cut
 */
export function tlsCause(code: string | undefined, state: TlsState): TlsCause | undefined {
  if (code === undefined) return undefined;
  if (handshakeFailures.includes(code)) return state.certificateShown ? "clientCertificateRequired" : "weak";
  if (code === "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE") {
    // OpenSSL's alert for a certificate that is not valid yet: by the broker's clock, for it is by ours.
    if (state.ours === "valid") return "clockThere";
    if (state.ours === "invalid") return "clientCertificateExpired";
  }
  const cause = causes[code];
  if (cause !== undefined) return cause;
  return code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code.startsWith("CERT_")
    ? "other"
    : undefined;
}
