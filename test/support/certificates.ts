import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An authority of its own and files of what it signed, for servers that tests start. */
export interface Authority {
  /** PEM text */
  readonly ca: string;
  readonly caFile: string;
  /** signs a server certificate; the dates are `YYYYMMDDHHMMSSZ`, valid now unless told */
  issue(name: string, choices?: IssueChoices): ServerCertificate;
}

interface IssueChoices {
  /** subject alternative names as openssl writes them; localhost and 127.0.0.1 unless told */
  readonly names?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ServerCertificate {
  readonly certFile: string;
  readonly keyFile: string;
}

/** Makes an authority in a folder with the system's openssl. */
export function makeAuthority(folder: string): Authority {
  const caFile = join(folder, "ca.pem");
  const caKey = join(folder, "ca.key");
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  writeFileSync(join(folder, "index.txt"), "");
  writeFileSync(join(folder, "ca.cnf"), caConfig);
  openssl(
    "req",
    "-x509",
    ...newKey,
    "-keyout",
    caKey,
    "-out",
    caFile,
    "-days",
    "30",
    "-subj",
    "/CN=Test authority",
  );
  return {
    ca: readFileSync(caFile, "utf8"),
    caFile,
    issue(
      name,
      { names = "DNS:localhost,IP:127.0.0.1", from = "20200101000000Z", to = "20491231235959Z" } = {},
    ) {
      const [certFile, keyFile, request] = ["pem", "key", "csr"].map((end) =>
        join(folder, `${name}.${end}`),
      ) as [string, string, string];
      openssl("req", "-new", ...newKey, "-keyout", keyFile, "-out", request, "-subj", `/CN=${name}`);
      writeFileSync(join(folder, "names.cnf"), `subjectAltName=${names}\n`);
      const dates = ["-startdate", from, "-enddate", to];
      const by = ["-cert", caFile, "-keyfile", caKey, "-extfile", "names.cnf"];
      openssl("ca", "-batch", "-config", "ca.cnf", ...by, ...dates, "-in", request, "-out", certFile);
      return { certFile, keyFile };
    },
  };
}

const caConfig = `[ca]
default_ca=own
[own]
dir=.
database=index.txt
new_certs_dir=.
rand_serial=yes
default_md=sha256
unique_subject=no
policy=any
[any]
commonName=supplied
`;
