import { FieldRow, NumberField, PasswordField, SelectField, TextField } from "../../../parts/Fields.tsx";
import { FileButton } from "../../../parts/FileDrop.tsx";
import { useWords } from "../../../words/language.ts";
import styles from "./SshFields.module.css";
import { emptySsh, hostIn, type SshDraft } from "./signInDraft.ts";

/** A fold with the account of the gateway's computer, for a gateway that only its own computer reaches. */
export function SshFields(props: {
  readonly url: string;
  readonly ssh: SshDraft | null;
  readonly onChange: (ssh: SshDraft | null) => void;
}) {
  const words = useWords().gatewayFind;
  const { ssh, onChange } = props;
  return (
    <details
      className={styles.fold}
      open={ssh !== null}
      onToggle={(event) => {
        if (event.currentTarget.open !== (ssh !== null)) onChange(ssh ? null : emptySsh);
      }}
    >
      <summary>{words.ssh}</summary>
      <p className="dim">{words.sshSays}</p>
      {ssh && (
        <>
          <FieldRow>
            <TextField
              label={words.sshHost}
              hint={words.sshHostHint}
              placeholder={hostIn(props.url)}
              value={ssh.host}
              onChange={(host) => onChange({ ...ssh, host })}
              mono
              longest={255}
            />
            <NumberField
              label={words.sshPort}
              value={ssh.port}
              min={1}
              max={65_535}
              onChange={(port) => onChange({ ...ssh, port })}
            />
          </FieldRow>
          <FieldRow>
            <TextField
              label={words.sshUser}
              placeholder="root"
              value={ssh.user}
              onChange={(user) => onChange({ ...ssh, user })}
              longest={64}
            />
            <SelectField
              label={words.sshWith}
              value={ssh.by}
              options={[
                { value: "password", label: words.sshByPassword },
                { value: "key", label: words.sshByKey },
              ]}
              onChange={(by) => onChange({ ...ssh, by })}
            />
          </FieldRow>
          {ssh.by === "password" ? (
            <PasswordField
              label={words.sshPassword}
              value={ssh.password}
              onChange={(password) => onChange({ ...ssh, password })}
              longest={256}
            />
          ) : (
            <>
              <div className={styles.key}>
                <FileButton
                  icon="lock"
                  accept=""
                  onFile={async (file) => onChange({ ...ssh, key: await file.text(), keyName: file.name })}
                >
                  {words.sshKey}
                </FileButton>
                {ssh.keyName !== "" && <span className="dim">{words.sshKeyChosen(ssh.keyName)}</span>}
              </div>
              <PasswordField
                label={words.sshPassphrase}
                value={ssh.passphrase}
                onChange={(passphrase) => onChange({ ...ssh, passphrase })}
                longest={256}
              />
            </>
          )}
        </>
      )}
    </details>
  );
}
