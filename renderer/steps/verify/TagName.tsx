import styles from "./TagName.module.css";

/** `group/name`; where there is no room, the group is cut before the name. */
export function TagName({ group, name }: { readonly group: string; readonly name: string }) {
  return (
    <span className={styles.tag} title={`${group}/${name}`}>
      <span className={styles.group}>{group}</span>
      <span className={styles.slash}>/</span>
      <span className={styles.name}>{name}</span>
    </span>
  );
}
