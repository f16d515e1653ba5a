import { useWords } from "../../words/language.ts";
import { CertificateField, type CertificateProps } from "./CertificateField.tsx";

/** The authority behind the broker's certificate: the system's own until one is pasted or chosen as a file. */
export function AuthorityField(props: CertificateProps) {
  const words = useWords().uplink;
  const certificates = props.value.match(/-----END CERTIFICATE-----/g)?.length ?? 0;
  return (
    <CertificateField
      {...props}
      label={words.ca}
      hint={words.caHint}
      status={certificates > 0 && <span className="dim">{words.caKept(certificates)}</span>}
    />
  );
}
