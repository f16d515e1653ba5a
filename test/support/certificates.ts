import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An authority of its own and files of what it signed, for servers that tests start. */
export interface Authority {
  /** PEM text */
  readonly ca: string;
  readonly caFile: string;
  /** signs a certificate; the dates are `YYYYMMDDHHMMSSZ`, valid now unless told */
  issue(name: string, choices?: IssueChoices): ServerCertificate;
  /** an authority that is signed by this one, of the same organisation */
  between(name: string): Authority;
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

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
const usualDates = { from: "20200101000000Z", to: "20491231235959Z" };

/** Makes an authority in a folder with the system's openssl. */
export function makeAuthority(folder: string, name = "Test authority", house = "Test house"): Authority {
  writeFileSync(join(folder, "index.txt"), "");
  writeFileSync(join(folder, "ca.cnf"), caConfig);
  const own = selfSigned(folder, "ca", `/O=${house}/CN=${name}`);
  return authorityOf(folder, own);
}

/** A certificate that is its own issuer. */
export function selfSigned(folder: string, file: string, subject: string): ServerCertificate {
  const certFile = join(folder, `${file}.pem`);
  const keyFile = join(folder, `${file}.key`);
  const names = ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const out = ["-keyout", keyFile, "-out", certFile];
  openssl(folder, "req", "-x509", ...newKey, ...names, ...out, "-days", "3650", "-subj", subject);
  return { certFile, keyFile };
}

function authorityOf(folder: string, own: ServerCertificate): Authority {
  const sign = (name: string, subject: string, extensions: string, dates: typeof usualDates) => {
    const [certFile, keyFile, request, extra] = ["pem", "key", "csr", "cnf"].map((end) =>
      join(folder, `${name}.${end}`),
    ) as [string, string, string, string];
    openssl(folder, "req", "-new", ...newKey, "-keyout", keyFile, "-out", request, "-subj", subject);
    writeFileSync(extra, `${extensions}\n`);
    const validity = ["-startdate", dates.from, "-enddate", dates.to];
    const by = ["-cert", own.certFile, "-keyfile", own.keyFile, "-extfile", extra];
    const output = ["-notext", "-in", request, "-out", certFile];
    openssl(folder, "ca", "-batch", "-config", "ca.cnf", ...by, ...validity, ...output);
    return { certFile, keyFile };
  };
  return {
    ca: readFileSync(own.certFile, "utf8"),
    caFile: own.certFile,
    issue: (name, { names = "DNS:localhost,IP:127.0.0.1", ...dates } = {}) =>
      sign(name, `/CN=${name}`, `subjectAltName=${names}`, { ...usualDates, ...dates }),
    between: (name) =>
      authorityOf(
        folder,
        sign("between", `/O=Test house/CN=${name}`, "basicConstraints=CA:TRUE", usualDates),
      ),
  };
}

function openssl(folder: string, ...args: string[]): void {
  execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
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
organizationName=optional
commonName=supplied
`;
