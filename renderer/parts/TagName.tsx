import styles from "./TagName.module.css";

/** A tag as people call it: with its group, unless its name says that already. */
export function fullName({ group, name }: { readonly group: string; readonly name: string }): string {
  return name.startsWith(`${group}/`) ? name : `${group}/${name}`;
}

/** `group/name`, or the name alone where it says its group already; without room the group is cut first. */
export function TagName({ group, name }: { readonly group: string; readonly name: string }) {
  if (name.startsWith(`${group}/`)) {
    return (
      <span className={styles.tag} title={name}>
        <span className={styles.group}>{group}</span>
        <span className={styles.name}>{name.slice(group.length)}</span>
      </span>
    );
  }
  return (
    <span className={styles.tag} title={fullName({ group, name })}>
      <span className={styles.group}>{group}</span>
      <span className={styles.slash}>/</span>
      <span className={styles.name}>{name}</span>
    </span>
  );
}
